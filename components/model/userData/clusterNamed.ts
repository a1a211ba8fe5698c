import { isOwnUserData, ownClusterIn, textOfUserData } from "./ownUserData";

/** The cluster that user data has a host join; where a host works it out itself, what stands in its place. */
export type NamedCluster = { readonly name: string } | { readonly unknown: string };

/**
 * The cluster that user data has a host join, by its last `ECS_CLUSTER`: as a line of /etc/ecs/ecs.config, or of what writes it.
 * Without any the agent joins `default` (SUSE's guide, "Alternative cluster name"). Nobody runs the shell of it here, so that a
 * variable, a command's output or a file from elsewhere tells nothing.
 * @param userData as EC2 gives it to the instance, compressed or not
 */
export function clusterNamedIn(userData: Uint8Array): NamedCluster {
    const own = isOwnUserData(userData) ? ownClusterIn(userData) : undefined;
    if (own !== undefined) {
        return { name: own };
    }
    const lines = textOfUserData(userData)
        .split("\n")
        .filter((one) => !/^\s*#(?!cloud-config|!|include)/.test(one));
    const last = lines.flatMap((one) => [...one.matchAll(/\bECS_CLUSTER[ \t]*=[ \t]*(.*)/g)]).at(-1)?.[1];
    if (last === undefined) {
        const elsewhere = lines.find((one) => comesFromElsewhere.test(one));
        return elsewhere === undefined ? { name: "default" } : { unknown: elsewhere.trim() };
    }
    const value = literal.exec(last)?.[2];
    return value === undefined ? { unknown: `ECS_CLUSTER=${wordOf(last)}` } : { name: value || "default" };
}

/** A name with the quotes around it or around the whole setting, up to where the word of the shell, of JSON or of YAML ends. */
const literal = /^(["']?)([A-Za-z0-9_-]*)\1["']?(?=[\s;&|<>()\\,\]}]|$)/;

/** What the shell takes for the value, without quotes at its ends. */
function wordOf(text: string): string {
    const [word = ""] = /^(?:\$\([^)]*\)|`[^`]*`|\S)*/.exec(text) ?? [];
    return word.replaceAll(/^["']|["']$/g, "");
}

/** User data that is fetched or encoded, and commands that bring the agent's whole configuration. */
const comesFromElsewhere =
    /^\s*#include|^Content-Transfer-Encoding:\s*base64|\b(cp|mv|ln|curl|wget|install|tar)\b.*\becs\.config\b/i;

/**
 * User data that is a script alone, and touches no service: cloud-init runs it last, with nothing that orders it before the agent
 * (https://cloudinit.readthedocs.io/en/latest/explanation/boot.html), which reads its configuration once.
 * @param userData as EC2 gives it to the instance, compressed or not
 */
export function isLateScript(userData: Uint8Array): boolean {
    const text = textOfUserData(userData);
    return text.startsWith("#!") && !/\b(systemctl|service|reboot)\b/.test(text);
}

/** What is read, in words for people. */
export function describeNamedCluster(cluster: NamedCluster): string {
    return "name" in cluster
        ? `cluster ${cluster.name}`
        : `a cluster that is not known from the user data (${cluster.unknown})`;
}
