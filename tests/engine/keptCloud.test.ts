import { expect } from "chai";

import { expectExit, Workplace } from "./harness";

interface HostAnswer {
    readonly hosts: readonly {
        readonly instanceId: string;
        readonly state: string;
        readonly tasks: number;
    }[];
    readonly services: readonly { readonly name: string; readonly running: number }[];
}

/** In a shell of its own, on a local cloud of the project's own. */
describe("a local cloud that is stopped with --keep", () => {
    let place: Workplace;
    before(async () => {
        place = await Workplace.create();
        await place.writeSettings("alice", {
            hosts: { mode: "fixed", count: 1 },
            dockerStorage: { mode: "volume", sizeGiB: 20 },
        });
    });
    after(async () => {
        await place.shell("sles-ecs local stop");
        await place.stop();
    });

    /** What a person types, who has a new shell each time. */
    async function typed(line: string): Promise<string> {
        const answer = await place.shell(`eval "$(sles-ecs local env)" && ${line}`);
        expectExit(answer, 0);
        return answer.stdout;
    }

    const local = async (line: string): Promise<Record<string, unknown>> => {
        const env = { SLES_ECS_LOCAL_BOOT_SECONDS: "0.1" };
        const answer = await place.shell(`sles-ecs local ${line} --output json`, { env });
        expectExit(answer, line === "status" ? 3 : 0);
        return JSON.parse(answer.stdout) as Record<string, unknown>;
    };

    it("brings its environments back with the next start: hosts boot again, services run, nothing differs", async () => {
        const first = await local("start");
        await typed("sles-ecs up alice --yes");
        await typed(
            "sles-ecs service deploy alice --image registry.suse.com/bci/bci-busybox:15.7 --name web --count 2 --yes",
        );
        const status = async (): Promise<HostAnswer> =>
            JSON.parse(await typed("sles-ecs status alice --output json")) as HostAnswer;
        const before = await status();
        expect(before.services.map(({ name, running }) => [name, running])).to.deep.equal([["web", 2]]);

        expect(await local("stop --keep")).to.deep.include({ stopped: true, kept: ["alice"], discarded: [] });
        expect(await local("status")).to.deep.include({ running: false, kept: ["alice"] });

        const second = await local("start");
        expect(second).to.deep.include({ endpoint: first["endpoint"], broughtBack: ["alice"] });
        await typed("sles-ecs wait alice");
        await typed("until sles-ecs status alice | grep -q '2 tasks'; do sleep 0.2; done");
        const after = await status();
        expect(after.hosts.map(({ instanceId, state }) => [instanceId, state])).to.deep.equal(
            before.hosts.map(({ instanceId, state }) => [instanceId, state]),
        );
        expect(after.services.map(({ name, running }) => [name, running])).to.deep.equal([["web", 2]]);
        await typed("sles-ecs preview alice --expect-no-changes");
        await typed("sles-ecs destroy alice --yes");

        expect(await local("stop")).to.deep.include({ stopped: true, kept: [], discarded: [] });
        expect(await local("start")).to.deep.include({ broughtBack: [] });
    });

    it("is forgotten by a stop without --keep, which names what was on it", async () => {
        await local("start");
        await typed("sles-ecs up alice --yes");
        await local("stop --keep");
        expect(await local("stop")).to.deep.include({ stopped: false, kept: [], discarded: ["alice"] });
        expect(await local("status")).to.deep.include({ running: false, kept: [] });
        expect(await local("start")).to.deep.include({ broughtBack: [] });
        expect(await typed("sles-ecs list")).to.match(/alice +not up/);
    });
});
