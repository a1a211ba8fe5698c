import { readHostImageName, slesVersion } from "./hostImageName";
import { daysBetween, showImageDate, yearsLater } from "./imageDate";
import { matchesFilter } from "./imageFilter";
import { hostImageText } from "./imageLock";
import { isNewer, type HostImage, type ImageCandidate } from "./imageOrder";
import { followReplacements, type PintRecord } from "./pintRecord";

/**
 * Years from deprecation to deletion. SUSE's page says six months; its register computes two years for Amazon, and is
 * the newer of the two (SUSE-Enceladus/public-cloud-info-service, pint_server/app.py, DELETION_RELATIVE_DELTA_MAP).
 */
const yearsFromDeprecationToDeletion = 2;

/** Why SUSE is against starting new hosts from an image; undefined where it is not. */
export function adviceAgainst({ state, deprecatedOn, deletedOn }: PintRecord): string | undefined {
    switch (state) {
        case "active":
        case "inactive":
            return undefined;
        case "deprecated":
            return `deprecated${dated("since", deprecatedOn)}`;
        case "deleted":
            return `deleted by SUSE${dated("on", deletedOn)}`;
    }
}

/** The same with the name of the replacement. */
export function adviceWithReplacement(record: PintRecord): string | undefined {
    const advice = adviceAgainst(record);
    const { replacementName } = record;
    return advice === undefined || replacementName === undefined
        ? advice
        : `${advice}, replaced by ${replacementName}`;
}

/** When SUSE deletes an image, or did, or is expected to; undefined while it is not deprecated. */
export function deletionDate({ deletedOn, deprecatedOn }: PintRecord): string | undefined {
    return (
        deletedOn ??
        (deprecatedOn === undefined ? undefined : yearsLater(deprecatedOn, yearsFromDeprecationToDeletion))
    );
}

/**
 * When an image is deleted, for people: a day that pint does not tell is computed, and no promise of SUSE's.
 * @param days from today to that day
 */
export function deletionText(record: PintRecord, deletedOn: string, days: number): string {
    const day = showImageDate(deletedOn);
    const isTold = record.deletedOn !== undefined;
    if (days <= 0) {
        return isTold ? `SUSE was to delete it on ${day}` : `SUSE was expected to delete it from ${day} on`;
    }
    return isTold
        ? `SUSE deletes it on ${day}, in ${days} days`
        : `SUSE is expected to delete it from ${day} on, in ${days} days`;
}

/** The image that replaces one: the end of the chain of replacements, as far as pint knows it. */
export function replacementOf(
    record: PintRecord,
    records: readonly PintRecord[],
): ImageCandidate | undefined {
    const { chain, circular } = followReplacements(record, records);
    const last = (circular ? chain.slice(0, -1) : chain).findLast(({ name }) => name !== undefined);
    return last?.name === undefined
        ? undefined
        : { id: last.image?.id ?? last.id ?? "", name: last.image?.name ?? last.name };
}

export function recordOf(id: string, records: readonly PintRecord[]): PintRecord | undefined {
    return records.find((record) => record.id === id);
}

/**
 * What is worth saying about an image that was chosen among EC2's: where EC2 and pint disagree, or pint warns.
 * @param filter what EC2 was asked for; of other images it is not known whether EC2 has them
 */
export function remarksOn(
    image: HostImage,
    candidates: readonly ImageCandidate[],
    records: readonly PintRecord[],
    { filter = "*", today }: { readonly filter?: string; readonly today?: string },
): readonly string[] {
    const record = recordOf(image.id, records);
    const own =
        record === undefined ? "can be started by EC2, but pint does not list it" : ownRemark(record, today);
    const missing = records.filter(
        (other) =>
            other.state === "active" &&
            matchesFilter(filter, other.name) &&
            isNewerOfSameVersion(other.name, image) &&
            !candidates.some(({ id }) => id === other.id),
    );
    return [
        ...(own === undefined ? [] : [`${hostImageText(image)} ${own}`]),
        ...missing.map(({ name, id }) => `pint lists ${name} (${id}) as active, EC2 does not offer it`),
    ];
}

function ownRemark(record: PintRecord, today: string | undefined): string | undefined {
    if (record.state === "inactive") {
        return "is inactive: SUSE refreshes it for critical fixes only";
    }
    const advice = adviceWithReplacement(record);
    if (advice === undefined) {
        return undefined;
    }
    const deletedOn = record.state === "deprecated" ? deletionDate(record) : undefined;
    const deletion =
        deletedOn === undefined || today === undefined
            ? []
            : [deletionText(record, deletedOn, daysBetween(today, deletedOn))];
    return [`is ${advice}`, "EC2 still starts it", ...deletion].join("; ");
}

function isNewerOfSameVersion(name: string, image: HostImage): boolean {
    const other = readHostImageName(name);
    return (
        !("reason" in other) &&
        slesVersion(other) === slesVersion(image) &&
        other.architecture === image.architecture &&
        isNewer(other, image)
    );
}

function dated(word: string, date: string | undefined): string {
    return date === undefined ? "" : ` ${word} ${showImageDate(date)}`;
}
