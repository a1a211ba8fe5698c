import { gunzipSync } from "node:zlib";
import { agentConfigOfCommands, overwritesAgentConfig } from "./agentConfigCommands";
import { readBootstrap, readInstallation, restartsAgent } from "./bootstrap";
import { parseCloudConfig, shellText } from "./cloudConfig";
import type { CloudConfig } from "./cloudConfig";
import { readKeyValues } from "./keyValues";
import { multipartBodies } from "./multipart";
import { noUserData } from "./userDataFacts";
import type { UserDataFacts } from "./userDataFacts";

const agentConfigFile = "/etc/ecs/ecs.config";
const agentUnit = "amazon-ecs";

/**
 * Reads user data as cloud-init on a SLES host would: what it does before the agent starts, what comes too
 * late, and what it cannot understand. Pure; nothing is run.
 * @param userData as EC2 gives it to the host, base64 decoded; may be compressed with gzip
 */
export function readUserData(userData: Buffer): UserDataFacts {
    const bytes = userData[0] === 0x1f && userData[1] === 0x8b ? gunzipSync(userData) : userData;
    return readText(bytes.toString("utf8"));
}

function readText(text: string): UserDataFacts {
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
    if (/^(MIME-Version|Content-Type):/i.test(firstLine)) {
        return multipartBodies(text)
            .map(readText)
            .reduce(combine, { ...noUserData, kind: "multipart" });
    }
    if (firstLine.startsWith("{")) {
        return readAgentJson(text);
    }
    return { ...noUserData, kind: "unknown", warnings: [unhandled(firstLine)] };
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
        ...(bootstrap?.facts !== undefined && { bootstrap: bootstrap.facts }),
    };
}

/** The agent reads user data that is wholly JSON by itself (amazon-ecs-agent, agent/config/config.go). */
function readAgentJson(text: string): UserDataFacts {
    try {
        const { ECSAgentConfiguration: config } = JSON.parse(text) as {
            ECSAgentConfiguration?: { Cluster?: unknown };
        };
        const cluster = config?.Cluster;
        return {
            ...noUserData,
            kind: "agentJson",
            warnings: [unhandled(text)],
            earlyConfig: typeof cluster === "string" ? { ECS_CLUSTER: cluster } : {},
        };
    } catch {
        return { ...noUserData, kind: "unknown", warnings: [unhandled(text)] };
    }
}

function holdsAgent(text: string): boolean {
    return new RegExp(`systemctl\\b[^;&|}]*\\b(stop|mask)\\b[^;&|}]*${agentUnit}`).test(text);
}

function startsAgent(text: string): boolean {
    return new RegExp(`systemctl\\b[^;&|}\\n]*\\b(start|restart|--now)\\b[^;&|}\\n]*${agentUnit}`).test(text);
}

function combine(one: UserDataFacts, other: UserDataFacts): UserDataFacts {
    const bootstrap = other.bootstrap ?? one.bootstrap;
    return {
        kind: one.kind,
        warnings: [...one.warnings, ...other.warnings],
        earlyConfig: { ...one.earlyConfig, ...other.earlyConfig },
        lateConfig: { ...one.lateConfig, ...other.lateConfig },
        overwritesAgentConfig: one.overwritesAgentConfig || other.overwritesAgentConfig,
        holdsAgent: one.holdsAgent || other.holdsAgent,
        startsAgent: one.startsAgent || other.startsAgent,
        restartsAgent: one.restartsAgent || other.restartsAgent,
        ...(bootstrap !== undefined && { bootstrap }),
    };
}

function unhandled(text: string): string {
    return `Unhandled non-multipart (text/x-not-multipart) userdata: '${text.slice(0, 24)}...'`;
}
