import { hostNumberIn } from "../../../../components/model/tags";
import type { OutputFormat } from "../../../command/options";
import { addressesOf, describeImage, describeTasks } from "../../../hosts/describeHost";
import { missingText } from "../../../hosts/missing";
import type { SsmReach } from "../../../hosts/reach";
import { renderJson } from "../../../output/json";
import { oneLine } from "../../../output/oneLine";
import { renderTable, tableLook } from "../../../output/table";
import { themeOf } from "../../../output/theme";
import type { Host } from "../../../ports/aws";
import type { Context } from "../../../ports/context";
import type { HostsResult, ListedHost } from "./list";

const ssmWords: Readonly<Record<SsmReach, string>> = {
    online: "yes",
    lost: "lost",
    none: "no",
    unknown: "?",
};

/** A line a host, and below what those lack that are not ready, and who is missing. */
export function showHosts(result: HostsResult, output: OutputFormat, { io }: Pick<Context, "io">): string {
    if (output === "json") {
        return renderJson(result);
    }
    const { environment, hosts } = result;
    const theme = themeOf(io);
    const missing = missingText(result, theme);
    if (hosts.length === 0) {
        return `${environment} has no hosts\n${missing}`;
    }
    const table = renderTable(
        ["HOST", "INSTANCE", "STATE", "AGENT", "STATUS", "TASKS", "SSM", "IMAGE", "ZONE", "ADDRESSES"],
        hosts.map((host) => [
            hostNumberIn(host.tags)?.toString(),
            host.instanceId,
            host.state,
            describeAgent(host),
            host.containerInstance?.status,
            describeTasks(host),
            ssmWords[host.ssm],
            describeImage(host),
            host.zone,
            addressesOf(host),
        ]),
        tableLook(io, ["IMAGE", "ZONE", "SSM", "ADDRESSES", "STATUS", "AGENT"]),
    );
    const troubles = hosts
        .filter(({ ready }) => !ready)
        .map(({ instanceId, reached }: ListedHost) => `${theme.doubtful(instanceId)}: ${oneLine(reached)}\n`);
    const below = troubles.join("") + missing;
    return [table, ...(below === "" ? [] : [below])].join("\n");
}

function describeAgent({ containerInstance }: Host): string | undefined {
    if (containerInstance === undefined) {
        return undefined;
    }
    const { agentConnected, agentVersion } = containerInstance;
    return [agentVersion, agentConnected ? "connected" : "not connected"].filter(Boolean).join(" ");
}
