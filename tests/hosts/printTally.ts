import { remark } from "../helpers/remark";
import { showTally } from "./tally";

/** Mocha runs a hook outside of every suite when all of them are through. */
after(() => remark(showTally()));
