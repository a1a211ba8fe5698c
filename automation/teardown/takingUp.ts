import type { EvidenceItem } from "../../components/model/evidence";
import { parseConfig } from "../../components/model/settings";
import { hostNumberIn, tagKeys } from "../../components/model/tags";
import type { OpenTarget } from "../environment/target";
import { statedConfig } from "../settings/environmentSettings";

const keeping = ["dockerStorage.mode=volume", "dockerStorage.keepOnDestroy=true"];

/**
 * Settings without which the next `up` leaves kept volumes where they are, as `path=value`. Those of a personal environment go with it,
 * so that nothing of them counts.
 */
export async function settingsThatTakeUp(
    { aws, owner, environment, project, file }: OpenTarget,
    kept: readonly EvidenceItem[],
): Promise<readonly string[]> {
    const ids = new Set(kept.filter(({ type }) => type === "ec2:volume").map(({ id }) => id));
    if (ids.size === 0) {
        return [];
    }
    const volumes = await aws.ec2.volumes({ [tagKeys.stack]: owner.stack });
    const numbers = volumes.filter(({ id }) => ids.has(id)).map(({ tags }) => hostNumberIn(tags) ?? 1);
    const wanted = Math.max(1, ...numbers);
    const countFrom = (count: number): readonly string[] => (wanted > count ? [`hosts.count=${wanted}`] : []);
    if (file.basedOn !== undefined) {
        return [...keeping, ...countFrom(1)];
    }
    const { settings } = parseConfig(statedConfig(project, file), { project: project.name, environment });
    if (!file.hasSettings || settings === undefined) {
        return [];
    }
    const { hosts, dockerStorage } = settings;
    const keeps = dockerStorage.mode === "volume" && dockerStorage.keepOnDestroy;
    return [...(keeps ? [] : keeping), ...(hosts.mode === "fixed" ? countFrom(hosts.count) : [])];
}
