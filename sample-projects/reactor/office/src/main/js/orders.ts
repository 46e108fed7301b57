import { note } from "widgets";
import { clock } from "widgets/clock";
import { greeting } from "./greeting";

document.body.append(note(`${greeting("orders")} at ${clock()}`));
