import type { Instance, Tags } from "../../automation/ports/awsServices";
import { instance } from "./awsObjects";
import type { FakeAwsState } from "./fakeAws";

/** Id of the launch template of every group. */
export const templateId = "lt-1";

/** What EC2 says of instances that were launched from this version of a launch template. */
export function launchedFrom(version: string): Tags {
    return { "aws:ec2launchtemplate:id": templateId, "aws:ec2launchtemplate:version": version };
}

/** A group that no run of the engine has made does not know by itself which of its hosts are gone. */
export function forgetGone(state: FakeAwsState): void {
    const gone = state.instances.filter((one) => one.state === "terminated");
    for (const group of state.groups) {
        const isFixed = Object.getOwnPropertyDescriptor(group, "instanceIds")?.get === undefined;
        const left = group.instanceIds.filter((id) => !gone.some(({ instanceId }) => instanceId === id));
        Object.assign(group, isFixed ? { instanceIds: left } : {});
    }
}

/** Another member of a group that no run of the engine has made. */
export function launchAlike(
    state: FakeAwsState,
    member: Instance,
    group: string,
    launchedAt: Date,
): Instance {
    const number = state.instances.length + 1;
    const host = instance(number, {
        ...member,
        ...{ instanceId: `i-${number}`, state: "running", launchedAt },
    });
    state.instances = [...state.instances, host];
    state.groups = state.groups.map((one) =>
        one.name === group ? { ...one, instanceIds: [...one.instanceIds, host.instanceId] } : one,
    );
    return host;
}
