const greeting = "Добрий день;
