import { command } from "../../components/model/commandLine";
import { failed, leftBehind, notFound, usage } from "./catalogueEntry";

/** Errors about the record of a destroy, and about what no record or state tells of. */
export const evidenceErrors = {
    EVIDENCE_FILE_UNUSABLE: usage(
        "The file that evidence is to be written to cannot be written, or holds something else that would be lost; nothing was changed.",
        "name another file with --evidence",
    ),
    EVIDENCE_UNREADABLE: usage(
        "The file holds no evidence of this version's form: every problem is listed with its path in the document.",
    ),
    EVIDENCE_NOT_WRITTEN: failed(
        "What the destroy has done cannot be written to the file of evidence; what was removed stays removed, and the stack is kept, so that a second destroy writes the record.",
    ),
    ORPHAN_NOT_FOUND: notFound(
        "Nothing in the regions that were asked carries that stack id, or is a kept volume of that id.",
        command("orphans"),
    ),
    ORPHAN_NOT_PROVEN: usage(
        "It is not proven that nobody works with an environment any more whose state is not here: a state of this backend knows it or cannot be read, it is another project's, it has no stack id, or the lease of somebody else runs on. Nothing was changed.",
    ),
    EVIDENCE_REFUTED: leftBehind(
        "AWS has something of the environment that should be gone by its evidence, or it cannot be seen whether it has, or something that was kept is gone; each is listed.",
    ),
};
