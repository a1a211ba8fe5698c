import type { FunctionType } from "../schema/functionType";
import * as account from "./account";
import * as clusters from "./clusters";
import * as images from "./images";
import * as instances from "./instances";
import * as keys from "./keys";
import * as logGroups from "./logGroups";
import * as network from "./network";
import * as repositories from "./repositories";
import * as volumes from "./volumes";

/** Every function that the local provider serves: what the components use, and no more. */
export const functionTypes: readonly FunctionType[] = [
    account,
    clusters,
    images,
    instances,
    keys,
    logGroups,
    network,
    repositories,
    volumes,
].flatMap(
    // Each of these files exports its functions and nothing else.
    (file) => Object.values(file),
);

const byToken = new Map(functionTypes.map((type) => [type.token, type]));

/**
 * The function with this token.
 * @throws Error when the local provider does not serve it
 */
export function functionType(token: string): FunctionType {
    const type = byToken.get(token);
    if (type === undefined) {
        throw new Error(
            `the local cloud's provider does not serve the function ${token}: it serves only what sles-ecs itself uses, ` +
                `${functionTypes.length} functions; use it against AWS instead`,
        );
    }
    return type;
}
