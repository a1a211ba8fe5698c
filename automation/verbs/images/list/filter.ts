import { command } from "../../../../components/model/commandLine";
import { AppError } from "../../../errors/appError";
import { readPhrase, type Condition } from "./filterPhrase";

const shownProblems = 10;

/**
 * Reads a filter in the language of SUSE's `pint` command, such as `name~ecs,name!byos,deprecatedon<20260101`; a
 * comma means "and". Where `pint` leaves out a phrase that it cannot read, and so lists too much, this is an error.
 * Source: susepubliccloudinfoclient/infoserverrequests.py of https://pypi.org/project/susepubliccloudinfo/ 1.4.0.
 * @throws AppError USAGE with the phrases that cannot be read
 */
export function parseFilter(text: string): Condition {
    const read = text.split(",").map((phrase) => readPhrase(phrase.trim()));
    const problems = read.filter((phrase) => typeof phrase === "string");
    if (problems.length > 0) {
        throw new AppError("USAGE", {
            message: `--filter has ${problems.length === 1 ? "a phrase" : `${problems.length} phrases`} that cannot be read`,
            details: [
                ...problems.slice(0, shownProblems),
                ...(problems.length > shownProblems ? [`and ${problems.length - shownProblems} more`] : []),
            ],
            hint: command("images", "list", "--filter", "name~ecs,name!byos,publishedon>20260101"),
        });
    }
    const conditions = read.filter((phrase) => typeof phrase !== "string");
    return (image) => conditions.every((holds) => holds(image));
}
