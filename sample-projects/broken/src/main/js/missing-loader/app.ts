import film from "./film.xyz";

console.log(film);
