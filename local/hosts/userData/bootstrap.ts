import type { CloudConfig } from "./cloudConfig";
import { readKeyValues } from "./keyValues";
import type { BootstrapFacts } from "./userDataFacts";

const script = "/usr/local/sbin/sles-ecs-bootstrap";
const conf = "/etc/sles-ecs/bootstrap.conf";
const wantedConfig = "/etc/sles-ecs/ecs.config";
const unitName = "sles-ecs-bootstrap.service";
const unit = `/etc/systemd/system/${unitName}`;

/**
 * The bootstrap that a cloud-config brings, or what keeps it from working: it counts only when its script can
 * run, its unit and its values are written, and something starts it.
 */
export function readBootstrap(config: CloudConfig): {
    readonly facts?: BootstrapFacts;
    readonly warnings: readonly string[];
} {
    const file = (path: string) => config.files.findLast((one) => one.path === path);
    const values = file(conf);
    if (values === undefined && file(script) === undefined) {
        return { warnings: [] };
    }
    const started = config.runcmd.some(
        (command) =>
            command.includes(unitName.replace(".service", "")) && /\b(start|restart|--now)\b/.test(command),
    );
    const missing = [
        ...(values === undefined ? [`${conf} is not written`] : []),
        ...(file(script)?.executable === true ? [] : [`${script} is not there or not executable`]),
        ...(file(unit) === undefined ? [`${unit} is not written`] : []),
        ...(started ? [] : [`nothing starts ${unitName}`]),
    ];
    if (missing.length > 0 || values === undefined) {
        return { warnings: missing };
    }
    const { CLUSTER, GENERATION, STORAGE, VOLUME_ID, VOLUME_DEVICE } = readKeyValues(values.content);
    return {
        warnings: [],
        facts: {
            cluster: CLUSTER ?? "",
            generation: GENERATION ?? "",
            storage: {
                mode: STORAGE ?? "",
                ...(VOLUME_ID !== undefined && { volumeId: VOLUME_ID }),
                ...(VOLUME_DEVICE !== undefined && { deviceName: VOLUME_DEVICE }),
            },
            agentConfig: readKeyValues(file(wantedConfig)?.content ?? ""),
        },
    };
}
