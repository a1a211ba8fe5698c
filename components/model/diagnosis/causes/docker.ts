import { command, line } from "../../commandLine";
import { recogniser, type Recogniser } from "../cause";
import { hostLine } from "../console";
import { replaceHost, thenReboot } from "../remedies";

/** What keeps docker from its start, which the agent waits for. */
export const dockerCauses: readonly Recogniser[] = [
    recogniser("ROOT_DISK_FULL", (host, environment) => {
        const full = hostLine(host, noRoom, "docker");
        const root = hostLine(host, /^disk: 100% of \/ is used$/, "docker");
        return full === undefined || root === undefined
            ? undefined
            : { evidence: [full, root], remedy: replaceHost(host, environment) };
    }),
    recogniser("DOCKER_DISK_FULL", (host, environment) => {
        const full = hostLine(host, noRoom, "docker");
        return full === undefined
            ? undefined
            : {
                  evidence: [full, ...[hostLine(host, /^disk: .* of (?!\/ )/, "docker") ?? []].flat()],
                  remedy: line`give docker more room (dockerStorage.sizeGiB, or hosts.rootVolumeGiB for the store of the image), then: ${command("up", environment)}`,
              };
    }),
    recogniser("DOCKER_NOT_RUNNING", (host, environment) => {
        const failed = hostLine(host, /failed to start daemon: /, "docker");
        const unit = hostLine(host, /Failed to start Docker Application Container Engine/, "docker");
        const shown = failed ?? unit;
        return shown === undefined
            ? undefined
            : { evidence: [shown], remedy: thenReboot(host, environment, "put that right") };
    }),
];

/** Docker's and the agent's words; others on the host may be short of room elsewhere. */
const noRoom = /(dockerd|amazon-ecs-init|ecs-agent|level=).*no space left on device/i;
