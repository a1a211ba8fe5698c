import fs from "node:fs/promises";
import path from "node:path";

import { ECS } from "@aws-sdk/client-ecs";
import { expect } from "chai";

import { Workplace } from "../engine/harness";
import { eventually } from "../local/cloud/testCloud";
import { addGoPackage, addPythonPackage, goEnv, openExample } from "./example";
import { prepareLanguageHosts, preparePython } from "./tools";

type Outputs = Readonly<Record<string, string>>;

describe("the examples in other languages", () => {
    let hosts: string;
    let python: string;
    let place: Workplace;
    let ecs: ECS;

    const expectJoined = async (cluster: string, count: number): Promise<void> => {
        await eventually(
            async () => (await ecs.listContainerInstances({ cluster })).containerInstanceArns ?? [],
            (joined) => joined.length === count,
        );
    };

    before(async () => {
        python = await preparePython();
        hosts = await prepareLanguageHosts();
        // An activated virtual environment comes first.
        place = await Workplace.create({ programs: [python, hosts] });
        ecs = new ECS(place.access);
    });
    after(async () => {
        ecs.destroy();
        await place.stop();
    });

    it("make a cluster in a network of the same program in YAML and one in the network of that stack in Go, and both go without a trace", async () => {
        const initially = await place.inventory();
        const office = await openExample(place, "yaml");
        await office.pulumi(0, "up", "--yes");
        const outputs = await office.outputs<Outputs>();
        expect(outputs["clusterName"]).to.equal("yaml");
        expect(outputs["autoScalingGroupName"]).to.match(/^sles-ecs-yaml-[0-9a-f]{8}$/);
        await expectJoined("yaml", 1);
        await office.pulumi(0, "preview", "--expect-no-changes");

        const batch = await openExample(place, "go", goEnv);
        addGoPackage(hosts, batch.directory);
        await batch.pulumi(0, "config", "set", "network", "organization/office/yaml");
        await batch.pulumi(0, "up", "--yes", "--skip-preview");
        expect((await batch.outputs<Outputs>())["clusterName"]).to.equal("go");
        await expectJoined("go", 1);
        const { containerInstances } = await ecs.describeContainerInstances({
            cluster: "go",
            containerInstances: (await ecs.listContainerInstances({ cluster: "go" })).containerInstanceArns,
        });
        const attributes = containerInstances?.[0]?.attributes ?? [];
        expect(attributes).to.deep.include({ name: "ecs.subnet-id", value: outputs["subnetId"] });

        await batch.pulumi(0, "destroy", "--yes", "--skip-preview");
        await office.pulumi(0, "destroy", "--yes", "--skip-preview");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("make a cluster that lets in a group of the same program in Python, which goes without a trace", async () => {
        const initially = await place.inventory();
        const modules = path.join(place.directory, "modules");
        const web = await openExample(place, "python", { PYTHONPATH: modules });
        addPythonPackage(hosts, python, web.directory, modules);
        await web.pulumi(0, "up", "--yes");
        const outputs = await web.outputs<{ readonly clusterName: string; readonly instanceIds: string[] }>();
        expect(outputs.clusterName).to.equal("python");
        expect(outputs.instanceIds).to.have.length(2);
        await expectJoined("python", 2);
        await web.pulumi(0, "preview", "--expect-no-changes");
        await web.pulumi(0, "destroy", "--yes", "--skip-preview");
        expect(await place.inventory()).to.deep.equal(initially);
    });

    it("make it where a provider says that the program gives", async () => {
        const project = await openExample(place, "yaml", {}, "abroad");
        const file = path.join(project.directory, "Pulumi.yaml");
        const program = (await fs.readFile(file, "utf8")).replace(
            /^resources:[^]*/m,
            "resources:\n" +
                "  frankfurt: { type: pulumi:providers:aws, properties: { region: eu-central-1 } }\n" +
                '  cluster: { type: sles-ecs:SlesEcsCluster, options: { providers: ["${frankfurt}"] } }\n' +
                'outputs: { region: "${cluster.region}" }\n',
        );
        await fs.writeFile(file, program);
        expect(await project.pulumi(0, "preview")).to.match(/region: "eu-central-1"/);
    });

    it("are refused in the words of the settings where these are wrong, before anything is made", async () => {
        const initially = await place.inventory();
        const project = await openExample(place, "yaml", {}, "refused");
        const file = path.join(project.directory, "Pulumi.yaml");
        const program = await fs.readFile(file, "utf8");
        const preview = async (from: string, to: string): Promise<string> => {
            expect(program).to.contain(from);
            await fs.writeFile(file, program.replace(from, to));
            return project.pulumi(1, "preview");
        };

        expect(await preview("max: 2", "max: 0")).to.contain(
            "the settings of refused cannot be used:\n" +
                "      hosts.max: got 0, expected a whole number from 1 to 5000\n" +
                "      hosts.min: got 1, expected at most hosts.max (0)\n",
        );
        const plain = await preview("      settings:", "      environment: ${vpc.id}\n      settings:");
        expect(plain).to.contain("got an output, expected text that is known before anything is made");
        const second = "  second:\n    type: sles-ecs:SlesEcsCluster\noutputs:";
        expect(await preview("outputs:", second)).to.match(
            /(cluster and second|second and cluster) of this program are both the environment refused/,
        );
        expect(await place.inventory()).to.deep.equal(initially);
    });
});
