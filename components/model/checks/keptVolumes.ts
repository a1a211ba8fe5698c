import { storageOfHost, type ResolvedDockerStorage, type ResolvedSettings } from "../settings";
import { carries, mayBeOwn, proofOf, tagKeys, type Ownership } from "../tags";
import type { StandingVolume } from "./reads";

export interface KeptVolumesQuestion extends Ownership {
    readonly settings: Pick<ResolvedSettings, "hosts" | "dockerStorage">;
    readonly stateIsEmpty?: boolean;
    /** Ids that the state has; missing where the door does not learn them. */
    readonly stateIds?: ReadonlySet<string>;
}

/** A docker volume that outlived its host, for the host of the same number. */
export interface KeptVolume extends StandingVolume {
    /** Of an earlier life of the environment: told by its stack's name alone, which proves nothing. */
    readonly isOfEarlierLife: boolean;
    /** The state has it, as far as the door learns that. */
    readonly isInState: boolean;
    /** The settings do not keep it: once it is taken up, it is deleted with the environment. */
    readonly goesWithEnvironment: boolean;
}

export interface KeptVolumes {
    /** By the number of the host that takes the volume up. */
    readonly volumes: ReadonlyMap<number, KeptVolume>;
    /** By the number of a host, the volumes of which it could take up only one. */
    readonly ambiguous: ReadonlyMap<number, readonly StandingVolume[]>;
}

/**
 * Which volumes that `keepOnDestroy` left in the account the fixed hosts take up again. A host that has a volume keeps it,
 * and a volume that nobody kept on purpose is the state's to tell of.
 * @param volumes of every environment that is called alike
 */
export function findKeptVolumes(
    question: KeptVolumesQuestion,
    volumes: readonly StandingVolume[],
): KeptVolumes {
    const { hosts, dockerStorage } = question.settings;
    const found = new Map<number, KeptVolume>();
    const ambiguous = new Map<number, readonly StandingVolume[]>();
    const count = hosts.mode === "fixed" ? hosts.count : 0;
    const docker = volumes.filter(isOfDocker);
    const standing = idsInUse(volumes);
    for (let number = 1; number <= count; number++) {
        const storage = storageOfHost(dockerStorage, number);
        const ofHost = docker.filter(({ tags }) => tags[tagKeys.host] === String(number));
        if (storage.mode !== "volume" || ofHost.some((one) => !isKept(one) && isInUse(one, question))) {
            continue;
        }
        const candidates = candidatesOf(question, ofHost.filter(isKept), standing);
        const [only] = candidates;
        if (candidates.length > 1) {
            ambiguous.set(number, candidates);
        } else if (only !== undefined) {
            found.set(number, { ...only, goesWithEnvironment: !storage.keepOnDestroy });
        }
    }
    return { volumes: found, ambiguous };
}

/**
 * Docker volumes that earlier lives of an environment have kept, and that it has not taken up.
 * @param volumes of every environment that is called alike
 */
export function keptByEarlierLives<Volume extends Pick<StandingVolume, "isFree" | "tags">>(
    owner: Ownership,
    volumes: readonly Volume[],
): readonly Volume[] {
    const standing = idsInUse(volumes);
    return volumes.filter(
        (one) =>
            isOfDocker(one) &&
            isKept(one) &&
            !carries(one.tags, proofOf(owner)) &&
            !standing.has(one.tags[tagKeys.stackId]),
    );
}

function isOfDocker({ tags }: Pick<StandingVolume, "tags">): boolean {
    return tags[tagKeys.storage] === "docker";
}

/** Ids of what stands: where state is kept in several places, that may be an environment that is called alike. */
function idsInUse(
    volumes: readonly Pick<StandingVolume, "isFree" | "tags">[],
): ReadonlySet<string | undefined> {
    return new Set(volumes.filter(({ isFree }) => !isFree).map(({ tags }) => tags[tagKeys.stackId]));
}

/** Of the kept volumes of one host, those that it may take up: only one of them should be left. */
function candidatesOf(
    question: KeptVolumesQuestion,
    kept: readonly StandingVolume[],
    standing: ReadonlySet<string | undefined>,
): readonly Omit<KeptVolume, "goesWithEnvironment">[] {
    const stateIds = stateIdsOf(question);
    const inState = kept.filter(({ id }) => stateIds?.has(id));
    const own = kept.filter((one) => carriesId(one, question));
    if (inState.length > 0 || (stateIds === undefined && own.length > 0)) {
        const has = inState.length > 0 ? inState : own;
        // A volume that the state has is replaced for another key; one that it does not have must not be.
        const stays = has.filter((one) => hasKey(one, question.settings.dockerStorage));
        // Of several that are its own, the state tells which one the host has.
        return stays.length > 1
            ? []
            : stays.map((one) => ({ ...one, isOfEarlierLife: false, isInState: inState.length > 0 }));
    }
    const isOfEarlierLife = own.length === 0;
    const earlier = kept.filter(({ tags }) => !standing.has(tags[tagKeys.stackId]));
    return (isOfEarlierLife ? earlier : own).map((one) => ({ ...one, isOfEarlierLife, isInState: false }));
}

/** Whether a volume stays on purpose, and no host holds it. */
export function isKept({ isFree, tags }: Pick<StandingVolume, "isFree" | "tags">): boolean {
    return isFree === true && tags[tagKeys.keep] === "true";
}

/**
 * Whether a docker volume is one that the environment has: by its id, or by the state. Where the state is not known, one
 * that something holds may be older than ids; one that nothing holds and nobody kept was only left.
 */
export function isInUse(one: StandingVolume, question: KeptVolumesQuestion): boolean {
    const stateIds = stateIdsOf(question);
    const mayBeOlder = stateIds === undefined && one.isFree !== true && mayBeOwn(one.tags, question);
    return carriesId(one, question) || stateIds?.has(one.id) === true || mayBeOlder;
}

/** An empty state cannot have the id of anything that stands. */
function carriesId({ tags }: StandingVolume, { stackId, stateIsEmpty }: KeptVolumesQuestion): boolean {
    return stackId !== undefined && stateIsEmpty !== true && tags[tagKeys.stackId] === stackId;
}

function stateIdsOf({ stateIds, stateIsEmpty }: KeptVolumesQuestion): ReadonlySet<string> | undefined {
    return stateIsEmpty === true ? new Set() : stateIds;
}

function hasKey({ kmsKeyId }: StandingVolume, dockerStorage: ResolvedDockerStorage): boolean {
    const wanted = dockerStorage.mode === "volume" ? dockerStorage.kmsKeyId : undefined;
    return wanted === undefined || kmsKeyId === wanted;
}
