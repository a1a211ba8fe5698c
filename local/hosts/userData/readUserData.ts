import { gunzipSync } from "node:zlib";
import { agentConfigOfCommands, overwritesAgentConfig, readKeyValues } from "./agentConfig";
import { readBootstrap, readInstallation, restartsAgent } from "./bootstrap";
import { parseCloudConfig, shellText } from "./cloudConfig";
import type { CloudConfig } from "./cloudConfig";
import { noUserData } from "./userDataFacts";
import type { UserDataFacts } from "./userDataFacts";

const agentConfigFile = "/etc/ecs/ecs.config";
const agentUnit = "amazon-ecs";

/**
 * Reads user data as cloud-init on a SLES host would: what it does before the agent starts, what comes too
 * late, and what it cannot understand. Pure; nothing is run. Of what cloud-init understands, simulated hosts read
 * cloud-configs and shell scripts.
 * @param userData as EC2 gives it to the host, base64 decoded
 */
export function readUserData(userData: Buffer): UserDataFacts {
    const text = unpacked(userData).toString("utf8");
    const firstLine = text.trimStart().split("\n", 1)[0] ?? "";
    if (text.trim() === "") {
        return noUserData;
    }
    // cloud-init looks at the first line only: "# cloud-config" and the like are not known to it.
    if (/^#cloud-config\s*$/.test(firstLine)) {
        return readCloudConfig(text);
    }
    if (firstLine.startsWith("#!")) {
        return {
            ...noUserData,
            kind: "shell",
            lateConfig: agentConfigOfCommands(text),
            startsAgent: startsAgent(text),
        };
    }
    const warning = /^(MIME-Version|Content-Type):/i.test(firstLine)
        ? "simulated hosts read no multi-part user data"
        : `Unhandled non-multipart (text/x-not-multipart) userdata: '${firstLine.slice(0, 24)}...'`;
    return { ...noUserData, kind: "unknown", warnings: [warning] };
}

/** What cannot be unpacked is taken as it is (cloud-init, util.decomp_gzip). */
function unpacked(userData: Buffer): Buffer {
    try {
        return gunzipSync(userData);
    } catch {
        return userData;
    }
}

function readCloudConfig(text: string): UserDataFacts {
    let config: CloudConfig;
    try {
        config = parseCloudConfig(text);
    } catch (error) {
        const reason = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
        return {
            ...noUserData,
            kind: "cloudConfig",
            warnings: [`Failed loading yaml blob. Invalid format: ${reason}`],
        };
    }
    const installation = config.bootcmd.flatMap((command) => readInstallation(command) ?? []).at(-1);
    const early = shellText(config.bootcmd.filter((command) => readInstallation(command) === undefined));
    const late = shellText(config.runcmd);
    const written = config.files.filter(({ path }) => path === agentConfigFile);
    const bootstrap = installation && readBootstrap(installation);
    return {
        kind: "cloudConfig",
        warnings: bootstrap?.warnings ?? [],
        // cloud-init runs bootcmd before write_files, and a file that is not appended to starts anew.
        earlyConfig: written.reduce(
            (config, { content, append }) => ({ ...(append ? config : {}), ...readKeyValues(content) }),
            { ...agentConfigOfCommands(early), ...installation?.earlyConfig },
        ),
        lateConfig: agentConfigOfCommands(late),
        overwritesAgentConfig: written.some(({ append }) => !append) || overwritesAgentConfig(early),
        holdsAgent: holdsAgent(`${early}\n${installation?.shell ?? ""}`),
        startsAgent: startsAgent(late),
        restartsAgent: restartsAgent([...config.files, ...(installation?.files ?? [])]),
        bootstrap: bootstrap?.facts,
    };
}

function holdsAgent(text: string): boolean {
    return new RegExp(`systemctl\\b[^;&|}]*\\b(stop|mask)\\b[^;&|}]*${agentUnit}`).test(text);
}

function startsAgent(text: string): boolean {
    return new RegExp(`systemctl\\b[^;&|}\\n]*\\b(start|restart|--now)\\b[^;&|}\\n]*${agentUnit}`).test(text);
}
