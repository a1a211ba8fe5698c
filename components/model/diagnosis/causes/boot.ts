import { bootLogPrefix, bootStepMeanings, lacksVolume } from "../../bootLog";
import { command, line, type Line } from "../../commandLine";
import { readHostImageName } from "../../images/hostImageName";
import { describeNamedCluster } from "../../userData/clusterNamed";
import { recogniser, type Recogniser, type Shown } from "../cause";
import { consoleLine, isBooted, lastStep } from "../console";
import { isYoung, type HostEvidence } from "../evidence";
import { reboot, replaceHost, thenReboot } from "../remedies";

/** How far a host's boot got, from its console. */
export const bootCauses: readonly Recogniser[] = [
    recogniser("NOT_AN_ECS_IMAGE", notAnEcsImage),
    recogniser("ROOT_DISK_FULL", (host, environment) =>
        // systemd has the same words for too many watches, and other disks can be full as well.
        shownBy(consoleLine(host, /cloud-init.*No space left on device/), replaceHost(host, environment)),
    ),
    recogniser("METADATA_DISABLED", (host, environment) =>
        host.metadata === "disabled"
            ? {
                  evidence: ["its metadata options have HttpEndpoint: disabled"],
                  remedy: line`aws ec2 modify-instance-metadata-options --http-endpoint enabled --instance-id ${host.instanceId} && ${reboot(host, environment)}`,
              }
            : undefined,
    ),
    recogniser("VOLUME_CAME_LATE", (host, environment) => withoutVolume(host, true, environment)),
    recogniser("VOLUME_NOT_ATTACHED", (host, environment) => withoutVolume(host, false, environment)),
    recogniser("VOLUME_HAS_OTHER_DATA", (host, environment) => {
        const step = lastStep(host);
        return step?.result === "failed" && / carries .*: not (formatted|used)/.test(step.reason)
            ? { evidence: [stepText(host)], remedy: thenReboot(host, environment, "look at the volume") }
            : undefined;
    }),
    recogniser("BOOT_STEP_FAILED", (host, environment) =>
        lastStep(host)?.result === "failed"
            ? { evidence: [stepText(host)], remedy: thenReboot(host, environment, "put that right") }
            : undefined,
    ),
];

/** Whose user data a host has whose boot shows nothing of the bootstrap. */
export const userDataCauses: readonly Recogniser[] = [
    recogniser("USER_DATA_MISSING", (host, environment) => withoutBootstrap(host, "none", environment)),
    recogniser("USER_DATA_FOREIGN", (host, environment) => withoutBootstrap(host, "foreign", environment)),
    recogniser("USER_DATA_NOT_RUN", (host, environment) => withoutBootstrap(host, "own", environment)),
];

function notAnEcsImage(host: HostEvidence): Shown {
    const { imageName, console: text = "" } = host;
    const image = imageName === undefined ? undefined : readHostImageName(imageName);
    const missing = /amazon-ecs\.service/.test(text)
        ? (consoleLine(host, /Unit amazon-ecs\.service not found/) ??
          consoleLine(host, /step=start result=failed/))
        : undefined;
    if (missing === undefined || (image !== undefined && !("reason" in image))) {
        return undefined;
    }
    const evidence = [missing, ...(image === undefined ? [] : [`${imageName}: ${image.reason}`])];
    return { evidence, remedy: "set hostImage.filter to images whose names hold -ecs-" };
}

/** The boot is over, and its console shows nothing of the bootstrap. */
function withoutBootstrap(
    host: HostEvidence,
    userData: NonNullable<HostEvidence["userData"]>,
    environment: string,
): Shown {
    // A console may show the prompt before it shows the bootstrap: nobody is to replace a host that is only booting.
    const isOver = isBooted(host) && (userData !== "own" || !isYoung(host));
    return isOver && lastStep(host) === undefined && host.userData === userData
        ? {
              evidence: [
                  `its boot is over, and its console shows no line of ${bootLogPrefix.replace(":", "")}`,
                  ...[consoleLine(host, /cloud-init.*WARNING/) ?? []].flat(),
                  ...(userData === "foreign" && host.userDataCluster !== undefined
                      ? [
                            `it names ${describeNamedCluster(host.userDataCluster)}, expected ${host.clusterName}`,
                        ]
                      : []),
              ],
              remedy: replaceHost(host, environment),
          }
        : undefined;
}

function withoutVolume(host: HostEvidence, isThereNow: boolean, environment: string): Shown {
    const step = lastStep(host);
    const { volume, instanceId } = host;
    const isUnknown = host.unread.some((one) => one.startsWith("volumes:"));
    if (
        step === undefined ||
        !lacksVolume(step) ||
        isUnknown ||
        (volume?.attachedTo === instanceId) !== isThereNow
    ) {
        return undefined;
    }
    const where =
        volume === undefined
            ? "no docker volume of its number is there"
            : volume.attachedTo === undefined
              ? `${volume.id} is attached to nothing`
              : `${volume.id} is attached to ${volume.attachedTo}`;
    return {
        evidence: [stepText(host), where],
        remedy: isThereNow
            ? reboot(host, environment)
            : line`${command("up", environment)}, which attaches it, then: ${reboot(host, environment)}`,
    };
}

function stepText(host: HostEvidence): string {
    const step = lastStep(host);
    return step === undefined
        ? ""
        : `its boot stopped at step ${step.step} (${bootStepMeanings[step.step]}): ${step.reason}`;
}

function shownBy(evidence: string | undefined, remedy: Line): Shown {
    return evidence === undefined ? undefined : { evidence: [evidence], remedy };
}
