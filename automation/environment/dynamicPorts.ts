import { kernelPorts, readPortRange, type PortRange } from "../../components/model/agent/hostPortRange";
import { groupOf, settingsNamespace } from "../../components/model/settings";
import { statedConfig } from "../settings/environmentSettings";
import { asRecord } from "../settings/project";
import type { OpenTarget } from "./target";

/**
 * Where hosts take ports from that nobody names. Of the settings this one is read alone, so that others may be wrong, or on another
 * machine: there it is the hosts' kernel that tells.
 */
export function dynamicPortsOf({ project, file }: Pick<OpenTarget, "project" | "file">): PortRange {
    const agent = statedConfig(project, file)[`${settingsNamespace}:agent`];
    const { dynamicHostPortRange } = asRecord(groupOf(agent));
    return readPortRange(dynamicHostPortRange) ?? kernelPorts;
}
