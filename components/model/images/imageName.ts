import type { Architecture } from "../instanceTypes";
import { isCalendarDate } from "./imageDate";

/** The name of an image of SUSE's on Amazon EC2, taken apart; its parts stand in the order of the name. */
export interface ImageName {
    /** The words before the version: `suse-sles`, `suse-sles-sap`, `suse-manager`, `openSUSE-Leap`. */
    readonly product: string;
    readonly majorVersion: number;
    /** `sp7`, or `0` from SLES 16 on; missing in the name of a first release up to 15. */
    readonly minorVersion?: string;
    /** The words between version and date: `byos`, `chost`, `sapcal`, `server`. */
    readonly edition: readonly string[];
    /** `YYYYMMDD` */
    readonly date: string;
    /** It brings docker and the ECS agent. */
    readonly ecs: boolean;
    readonly virtualization: "hvm" | "pv";
    readonly storage: "ssd" | "mag";
    readonly architecture: Architecture | "i386";
    /** SUSE's company that sells it in AWS Marketplace. */
    readonly seller?: "llc" | "ltd";
    /** What AWS Marketplace puts behind a name: a product code or a UUID. */
    readonly listing?: string;
}

/** Why something is not what it was taken for; half a sentence. */
export interface Unfit {
    readonly reason: string;
}

/** Old names have a version here (`v1.00`), or lack the `v`; no image with such a name is for ECS. */
const aroundDate = /^(.+?)-v(\d{8})-(.+)$/s;
const beforeDate =
    /^((?:suse|openSUSE|opensuse)(?:-[A-Za-z]+)*)-(0|[1-9]\d{0,3})(?:-(sp\d{1,2}|\d{1,2}))?((?:-[A-Za-z0-9.]+)*)$/;
const afterDate = /^(ecs-)?(hvm|pv)-(ssd|mag)-(x86_64|arm64|i386)(?:-(llc|ltd))?(?:-([A-Za-z0-9-]+))?$/;

/** Takes a name apart. Any text gives a name or a reason; `printImageName` puts a name together again. */
export function parseImageName(text: string): ImageName | Unfit {
    const [, before, date, after] = aroundDate.exec(text) ?? [];
    if (before === undefined || date === undefined || after === undefined) {
        return { reason: "it has no date of the form v<YYYYMMDD>" };
    }
    if (!isCalendarDate(date)) {
        return { reason: `v${date} is no date` };
    }
    const [, product, majorVersion, minorVersion, edition] = beforeDate.exec(before) ?? [];
    if (product === undefined) {
        return { reason: `it starts with ${before}, expected suse-<product>-<version>` };
    }
    const [, ecs, virtualization, storage, architecture, seller, listing] = afterDate.exec(after) ?? [];
    if (virtualization === undefined) {
        return { reason: `after the date it has ${after}, expected ecs-hvm-ssd-x86_64 or the like` };
    }
    return {
        product,
        majorVersion: Number(majorVersion),
        minorVersion,
        edition: edition === undefined || edition === "" ? [] : edition.slice(1).split("-"),
        date,
        ecs: ecs !== undefined,
        virtualization: virtualization as ImageName["virtualization"],
        storage: storage as ImageName["storage"],
        architecture: architecture as ImageName["architecture"],
        seller: seller as ImageName["seller"],
        listing,
    };
}

export function printImageName(name: ImageName): string {
    return [
        name.product,
        name.majorVersion,
        name.minorVersion,
        ...name.edition,
        `v${name.date}`,
        name.ecs ? "ecs" : undefined,
        imageKind(name),
        name.seller,
        name.listing,
    ]
        .filter((part) => part !== undefined)
        .join("-");
}

/** `hvm-ssd-x86_64`: what every name ends with, but for what AWS Marketplace adds. */
export function imageKind({ virtualization, storage, architecture }: ImageName): string {
    return [virtualization, storage, architecture].join("-");
}
