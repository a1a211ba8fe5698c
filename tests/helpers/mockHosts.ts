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
