import { note } from "widgets";
import { greeting } from "./greeting";

document.body.append(note(greeting("staff")));
