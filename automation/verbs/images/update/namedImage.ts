import { command } from "../../../../components/model/commandLine";
import { readHostImageName } from "../../../../components/model/images/hostImageName";
import { isExact, type ImageFilter } from "../../../../components/model/images/imageFilter";
import type { Context } from "../../../ports/context";
import { AppError } from "../../../errors/appError";
import { nearestWords } from "../../../../components/model/nearestWord";
import { hostImages, listCommand } from "../region";
import { adviceOfPint } from "../../../preflight/images/pintRecords";

/** How many images are named in place of one that is not there. */
const namedImages = 3;

/**
 * Reads the name of a host image that a person gave with `--to`.
 * @throws AppError USAGE for anything else
 */
export function readNamedImage(given: string, region: string | undefined): ImageFilter {
    const image = readHostImageName(given);
    if (!("reason" in image)) {
        return { filter: given, generation: image.generation };
    }
    if (/^ami-\w+$/.test(given)) {
        throw new AppError("USAGE", {
            message: `--to takes a name: got the id ${given}, expected the name that belongs to it`,
            hint: command("images", "show", given, region !== undefined && ["--region", region]),
        });
    }
    throw new AppError("USAGE", {
        message: explain(given, image.reason),
        hint: listCommand({ region, filter: hostImages }),
    });
}

function explain(given: string, reason: string): string {
    if (given.trim() === "") {
        return "--to is empty, expected the name of a SLES ECS image";
    }
    return isExact(given)
        ? `--to is no host image: got ${given}, expected the name of a SLES ECS image; this is none: ${reason}`
        : `--to has wildcards: got ${given}, expected the name of one image`;
}

/** Names of host images of the region that are like the one that is not there; none where pint does not answer. */
export async function imagesNamedLike(
    name: string,
    region: string,
    { loadPint }: Pick<Context, "loadPint">,
): Promise<readonly string[]> {
    const { pint = [] } = await adviceOfPint({ loadPint }, region);
    const names = pint
        .filter((image) => image.state !== "deleted" && !("reason" in readHostImageName(image.name)))
        .map((image) => image.name);
    return nearestWords(name, [...new Set(names)]).slice(0, namedImages);
}
