import type { ImageLock } from "../../../../components/model/images/imageLock";
import { parseImageName, printImageName } from "../../../../components/model/images/imageName";
import { agentPackage, packagePageOf } from "../../../../components/model/images/packagePage";
import type { PintRecord } from "../../../../components/model/images/pintRecord";
import type { PackageChange, Pint } from "../../../ports/pint";

/** What is known of the packages in which two images differ. */
export interface PackageChanges {
    /** SUSE's page on the packages of the image that the hosts are to run, for people. */
    readonly page: string;
    /** Kernel, docker with what it runs on, and agent, as far as SUSE's pages tell. */
    readonly packages: readonly PackageChange[];
}

interface Move {
    /** Name of the image that the hosts run; missing where that is not known. */
    readonly from: string | undefined;
    readonly to: ImageLock;
}

/** Whether the pages lead from the one image to the other, or from one that the hosts never ran. */
type Direction = "forward" | "back" | "elsewhere";

/** In the order in which they are told. The version of `amazon-ecs-init` decides which agent it downloads. */
const toldPackages = ["kernel-default", "docker", "containerd", "runc", agentPackage];

/**
 * What changes for hosts that move from one image to another. SUSE's page on an image compares it with the release
 * before, so the pages of all releases between the two count; where one of them cannot be read, nothing is told.
 */
export async function comparePackages(move: Move, pint: Pint): Promise<PackageChanges> {
    const { to } = move;
    const answer = await pint.images({ region: to.region, forAdvice: true });
    const images = answer.kind === "unavailable" ? [] : answer.images;
    const direction = directionOf(move);
    const pages = await Promise.all(
        releasesOf(move, direction, images).map(async (image) =>
            image.changeInfo === undefined ? undefined : pint.packageChanges(packagePageOf(image)),
        ),
    );
    const changes = pages.includes(undefined) ? [] : pages.flatMap((told) => told ?? []);
    return {
        page: packagePageOf(images.find(({ name }) => name === to.name) ?? to),
        packages: toldPackages.flatMap((name) => {
            const steps = changes.filter((change) => change.name === name);
            return difference(steps, direction) ?? [];
        }),
    };
}

function directionOf({ from, to }: Move): Direction {
    if (from === undefined || seriesOf(from) !== seriesOf(to.name)) {
        return "elsewhere";
    }
    return from > to.name ? "back" : "forward";
}

/** The images whose pages count, oldest first. Names of one series stand in the order of their dates. */
function releasesOf<T extends PintRecord>(
    { from, to }: Move,
    direction: Direction,
    images: readonly T[],
): readonly T[] {
    if (from === undefined || direction === "elsewhere") {
        return images.filter(({ name }) => name === to.name).slice(0, 1);
    }
    const [earlier, later] = direction === "back" ? [to.name, from] : [from, to.name];
    const releases = images
        .filter(({ name }) => seriesOf(name) === seriesOf(from) && name > earlier && name <= later)
        .sort((a, b) => a.name.localeCompare(b.name));
    // What came with a release that pint does not list is not known.
    return releases.at(-1)?.name === later ? releases : [];
}

/** One package through several releases. */
function difference(steps: readonly PackageChange[], direction: Direction): PackageChange | undefined {
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) {
        return undefined;
    }
    const { name, from: oldest } = first;
    const { to: newest } = last;
    if (oldest === undefined || direction === "elsewhere") {
        return direction === "back" ? undefined : { name, to: newest };
    }
    if (oldest === newest) {
        return undefined;
    }
    return direction === "back" ? { name, from: newest, to: oldest } : { name, from: oldest, to: newest };
}

/** What images that replace one another have in common: the name without its date. */
function seriesOf(name: string): string {
    const parsed = parseImageName(name);
    return "reason" in parsed ? name : printImageName({ ...parsed, date: "" });
}
