import {
    CheckRequest,
    CheckResponse,
    DiffResponse,
    PropertyDiff,
    type DiffRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { resourceType } from "../resources";
import { checkInputs } from "../schema/check";
import { difference, type PropertyChange } from "../schema/difference";
import type { Naming } from "../schema/naming";
import { failures } from "./config";
import { knownFrom } from "./resourceHandlers";
import type { Session } from "./sessions";
import { toProperties, toStruct } from "./struct";

const modes = {
    [CheckRequest.AutonamingOptions.Mode.PROPOSE]: "propose",
    [CheckRequest.AutonamingOptions.Mode.ENFORCE]: "enforce",
    [CheckRequest.AutonamingOptions.Mode.DISABLE]: "disable",
} as const;

/** What a check request says about naming. */
function namingFrom(request: CheckRequest): Naming {
    const autonaming = request.getAutonaming();
    return {
        resourceName: request.getName(),
        oldInputs: toProperties(request.getOlds()),
        seed: request.getRandomseed_asU8(),
        policy:
            autonaming === undefined
                ? undefined
                : { mode: modes[autonaming.getMode()], proposedName: autonaming.getProposedName() },
    };
}

/** Checks the inputs of a resource. */
export function check(request: CheckRequest): CheckResponse {
    const type = resourceType(request.getType());
    const { inputs, problems } = checkInputs(type, toProperties(request.getNews()), namingFrom(request));
    const response = new CheckResponse();
    response.setInputs(toStruct(inputs));
    response.setFailuresList(failures(problems));
    return response;
}

const { Kind } = PropertyDiff;

const kinds = {
    add: { inPlace: Kind.ADD, replacing: Kind.ADD_REPLACE },
    delete: { inPlace: Kind.DELETE, replacing: Kind.DELETE_REPLACE },
    update: { inPlace: Kind.UPDATE, replacing: Kind.UPDATE_REPLACE },
} as const;

/** Says how a resource differs from what the program wants, and whether that replaces it. */
export function diff(request: DiffRequest, session: Session): DiffResponse {
    const type = resourceType(request.getType());
    const found = difference(
        type,
        knownFrom(request),
        toProperties(request.getNews()),
        session.config.defaultTags,
    );
    const response = new DiffResponse();
    const isChanged = found.changes.length > 0;
    response.setChanges(isChanged ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE);
    response.setDiffsList(found.changes.map((change) => change.property));
    response.setReplacesList(
        found.changes.filter((change) => change.replaces).map((change) => change.property),
    );
    response.setDeletebeforereplace(found.deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    for (const change of shown(found.changes)) {
        response.getDetaileddiffMap().set(change.property, detail(change));
    }
    return response;
}

/** The engine shows `tagsAll`, which is no input, as if it went: it is only told where nothing else tells of the change. */
function shown(changes: readonly PropertyChange[]): readonly PropertyChange[] {
    const inputs = changes.filter((change) => change.isInput);
    return inputs.length > 0 ? inputs : changes;
}

function detail(change: PropertyChange): PropertyDiff {
    const part = new PropertyDiff();
    part.setKind(kinds[change.kind][change.replaces ? "replacing" : "inPlace"]);
    part.setInputdiff(change.isInput);
    return part;
}
