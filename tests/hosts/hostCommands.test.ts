import { expect } from "chai";

import { examineHostCommand } from "../../components/model/hostCommands/examineHost";
import { moveHostCommand } from "../../components/model/hostCommands/moveHost";
import { startAgentCommand } from "../../components/model/hostCommands/startAgent";
import { agentUnit, paths } from "../../components/model/userData/paths";
import { CommandedHost, other, own } from "./commandedHost";
import "./printTally";
import { Rig } from "./rig";

const minutes = 60_000;
const agentData = "/var/lib/ecs/data/agent.db";
const move = moveHostCommand(other);
const done = { exitCode: 0, said: "" };
const started = { exitCode: 0, said: `${agentUnit} is active` };

/** What the guide's section 3.1 and section 4 have people do by hand, as the commands of `hosts` do it on machines that run. */
describe("the commands for hosts, on hosts that have booted", function () {
    this.timeout(20 * minutes);
    let rig: Rig;
    let hosts: CommandedHost[] = [];

    before(async () => {
        rig = await Rig.open();
    });
    afterEach(async () => {
        await Promise.all(hosts.map((host) => host.terminate()));
        hosts = [];
    });
    after(() => rig.close());

    async function boot(wish: Parameters<typeof CommandedHost.boot>[1]): Promise<CommandedHost> {
        const host = await CommandedHost.boot(rig, wish);
        hosts.push(host);
        return host;
    }

    for (const generation of [15, 16] as const) {
        it(`move a host of SLES ${generation} to another cluster, where it stays at its next boot`, async () => {
            const host = await boot({ generation });
            const docker = await host.processOf("docker.service");

            expect(await host.run(move)).to.deep.equal(done);
            await host.joins(other, 1);

            expect(await host.read(paths.agentConfig)).to.match(new RegExp(`^ECS_CLUSTER=${other}$`, "m"));
            expect(await host.read(agentData))
                .to.include(`/${other}/`)
                .and.not.include(`/${own}/`);
            // Tasks run on as long as docker does.
            expect(await host.processOf("docker.service")).to.equal(docker);

            await host.powerOff();
            expect(await host.reboot()).to.equal(other);
            expect(host.clusters).to.deep.equal([own, other, other]);
        });

        it(`start the agent of a host of SLES ${generation} that could not come by it, once it can`, async () => {
            const host = await boot({ generation, s3IsOpen: false });
            const failed = await host.run(startAgentCommand);
            expect(failed.exitCode, failed.said).to.equal(1);
            // Not that it failed: why.
            expect(failed.said).to.match(/Connection refused/);

            host.openS3();
            expect(await host.run(startAgentCommand)).to.deep.equal(started);
            await host.joins(own, 1);
            expect([...new Set(host.clusters)]).to.deep.equal([own]);
        });

        it(`move a host of SLES ${generation} whose agent was never started: it joins the other cluster alone`, async () => {
            const host = await boot({ generation, s3IsOpen: false });
            expect(await host.run(move)).to.deep.equal(done);
            host.openS3();
            expect(await host.run(startAgentCommand)).to.deep.equal(started);
            await host.joins(other, 1);
            // It tries by itself as well.
            expect([...new Set(host.clusters)]).to.deep.equal([other]);
        });

        it(`change nothing on a host of SLES ${generation} where they come twice`, async () => {
            const host = await boot({ generation });
            const docker = await host.processOf("docker.service");
            expect(await host.run(move)).to.deep.equal(done);
            await host.joins(other, 1);

            const agent = await host.processOf(agentUnit);
            const data = await host.read(agentData);
            expect(await host.run(move)).to.deep.equal(done);
            expect(await host.processOf(agentUnit)).to.equal(agent);

            for (const times of [2, 3]) {
                expect(await host.run(startAgentCommand)).to.deep.equal(started);
                await host.joins(other, times);
            }
            expect(await host.read(agentData)).to.equal(data);
            expect(await host.processOf("docker.service")).to.equal(docker);
            expect(host.clusters).to.deep.equal([own, other, other, other]);
        });

        it(`examine a host of SLES ${generation}, and leave it as it is`, async () => {
            const host = await boot({ generation, s3IsOpen: false });
            await host.run(startAgentCommand);
            const before = await host.files();
            const { exitCode, said } = await host.run(examineHostCommand);
            expect(exitCode, said).to.equal(0);
            expect(said).to.match(/amazon-ecs-init\[\d+\]: pre-start: .*Connection refused/);
            expect(said).to.match(/^disk: \d+% of \S+ is used$/m);
            expect(await host.files()).to.equal(before);
        });

        for (const { part, index, of } of cutsOf(generation)) {
            it(`move a host of SLES ${generation} whose power is cut in the ${part} (${index + 1} of ${of}): it comes back to one of both clusters, and the same command goes on`, async () => {
                const count = (await counts(generation))[part];
                const host = await boot({ generation });
                // Spread over the part, its first command among them.
                const at = await host.cutPowerWithin(move, part, Math.floor((index * count) / of));
                expect(await host.reboot(), at).to.be.oneOf([own, other]);

                expect(await host.run(move), at).to.deep.equal(done);
                await host.joins(other, 1);
                await host.powerOff();
                expect(await host.reboot(), at).to.equal(other);
                expect(
                    host.clusters.filter((one) => one !== own && one !== other),
                    at,
                ).to.deep.equal([]);
            });
        }
    }

    for (const index of [0, 1]) {
        it(`start the agent of a host whose power is cut meanwhile (${index + 1} of 2): it joins at its next boot`, async () => {
            const host = await boot({ generation: 15, s3IsOpen: false });
            const at = await host.cutPowerWithin(startAgentCommand, "command", 2 + 4 * index);
            host.openS3();
            expect(await host.reboot(), at).to.equal(own);
            expect(await host.run(startAgentCommand), at).to.deep.equal(started);
            await host.joins(own, 2);
        });
    }

    const counted = new Map<15 | 16, Promise<Record<"command" | "bootstrap", number>>>();

    /** How many commands a move takes, in its script and in the bootstrap that it runs. */
    function counts(generation: 15 | 16): Promise<Record<"command" | "bootstrap", number>> {
        const known = counted.get(generation) ?? boot({ generation }).then((host) => host.counted(move));
        counted.set(generation, known);
        return known;
    }
});

/** More of them on the generation that most hosts have. */
function cutsOf(
    generation: 15 | 16,
): { readonly part: "command" | "bootstrap"; readonly index: number; readonly of: number }[] {
    const perPart = generation === 15 ? { command: 5, bootstrap: 3 } : { command: 2, bootstrap: 2 };
    return (["command", "bootstrap"] as const).flatMap((part) =>
        Array.from({ length: perPart[part] }, (_, index) => ({ part, index, of: perPart[part] })),
    );
}
