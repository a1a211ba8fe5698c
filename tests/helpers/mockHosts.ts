import { tagKeys } from "../../components/model/tags";
import type { MockAws } from "./mockAws";

/** Ids of the hosts that run, as far as filters of EC2 fit them. */
export function hostIds(aws: MockAws, filterOf: (name: string) => readonly string[]): readonly string[] {
    const fits = (name: string, value: string) =>
        filterOf(name).length === 0 || filterOf(name).includes(value);
    const byImage = aws.runningImages
        .filter((image) => fits("image-id", image))
        .map((image, index) => `i-${index}-${image}`);
    const byNumber = Object.entries(aws.runningHosts)
        .filter(([number]) => fits("tag:sles-ecs:host", number))
        .filter(([, { subnetId, zone }]) => fits("subnet-id", subnetId) && fits("availability-zone", zone))
        .map(([number]) => `i-host-${number}`);
    const isPlaced = ["tag:sles-ecs:host", "subnet-id", "availability-zone"].some(
        (name) => filterOf(name).length > 0,
    );
    const ofImage = filterOf("image-id").length > 0 ? [] : byNumber;
    return isPlaced ? byNumber : [...byImage, ...ofImage];
}

/** Ids of the volumes that these tags and the filters of EC2 fit. */
export function volumeIds(
    aws: MockAws,
    filterOf: (name: string) => readonly string[],
    tags: Readonly<Record<string, string>>,
): readonly string[] {
    const free = filterOf("status").includes("available");
    const [key = ""] = filterOf("tag-key");
    return aws.volumes
        .filter((one) => (one.isFree ?? false) === free && key in one.tags)
        .filter((one) => Object.entries(tags).every(([name, value]) => one.tags[name] === value))
        .map(({ id }) => id);
}

/** Whoever looks for hosts must not find another environment's. */
export function expectOwnTags(tags: unknown): void {
    const { "sles-ecs:environment": environment, ...proof } = tags as Record<string, string>;
    if ((proof[tagKeys.stack] ?? proof[tagKeys.stackId]) === undefined || environment === undefined) {
        throw new Error(`hosts are looked for by ${JSON.stringify(tags)}`);
    }
}
