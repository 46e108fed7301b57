// windows-1251
console.log("„ай");
