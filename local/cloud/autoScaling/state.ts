/** One entry of DescribeScalingActivities. */
export interface ScalingActivity {
    readonly id: string;
    readonly groupName: string;
    readonly description: string;
    readonly cause: string;
    readonly startedAt: Date;
    readonly succeeded: boolean;
    readonly statusMessage?: string;
}

/** What the front knows of a group that moto does not: how many instances are wanted, and what was done for it. */
export interface GroupRecord {
    desired: number;
    /** Newest first. */
    activities: ScalingActivity[];
}

/** Groups with a launch template, whose instances the front launches itself. By region and name. */
export class AutoScalingState {
    private readonly groups = new Map<string, GroupRecord>();

    get(region: string, name: string): GroupRecord | undefined {
        return this.groups.get(`${region} ${name}`);
    }

    set(region: string, name: string, record: GroupRecord): void {
        this.groups.set(`${region} ${name}`, record);
    }

    /** Activities of every group of a region, or of one. */
    activities(region: string, name: string | undefined): ScalingActivity[] {
        return [...this.groups]
            .filter(([key]) =>
                name === undefined ? key.startsWith(`${region} `) : key === `${region} ${name}`,
            )
            .flatMap(([, record]) => record.activities)
            .sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
    }

    clear(): void {
        this.groups.clear();
    }
}
