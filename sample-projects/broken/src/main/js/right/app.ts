console.log("nothing is wrong with this one");
