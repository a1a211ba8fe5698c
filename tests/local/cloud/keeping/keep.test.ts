import { expect } from "chai";

import { EcsState, type ContainerInstanceRecord, type TaskRecord } from "../../../../local/cloud/ecs/state";
import { SimulatedHost } from "../../../../local/cloud/hosts/simulatedHost";

describe("what a local cloud keeps", () => {
    it("brings back what ECS knows, with agents that have yet to connect, and without tasks", () => {
        const changed: string[] = [];
        const before = new EcsState(() => undefined);
        before.containerInstances.set("host", { agentConnected: true } as ContainerInstanceRecord);
        before.tasks.set("task", {} as TaskRecord);
        before.daemonTaskDefinitions.set("definition", { tags: [] });
        const after = new EcsState((clusterArn) => changed.push(clusterArn));
        after.bringBack(before.keep());
        expect([...after.containerInstances]).to.deep.equal([["host", { agentConnected: false }]]);
        expect([...after.daemonTaskDefinitions.keys()]).to.deep.equal(["definition"]);
        expect(after.tasks.size).to.equal(0);
        after.clear();
        expect(after.keep()).to.deep.equal(new EcsState(() => undefined).keep());
    });

    it("brings back a host that stands still, with all that was on it", () => {
        const host = new SimulatedHost("eu-central-1", "i-1");
        host.powerOn();
        Object.assign(host, {
            ...{ phase: "registered", registeredCluster: "alice", movedTo: "bob", wasManaged: true },
            ...{ installed: ["efs"], firstBoot: { userData: "#cloud-config", imageName: "suse-sles-15" } },
        });
        host.containerPackages.add("sles12-docker-image");
        const again = SimulatedHost.again(host.keep());
        expect(again.phase).to.equal("stopped");
        expect(again.keep()).to.deep.equal({ ...host.keep(), isOn: false });
        expect(again.boots).to.equal(1);
    });
});
