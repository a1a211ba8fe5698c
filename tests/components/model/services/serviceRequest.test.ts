import { expect } from "chai";

import {
    isProblems,
    readServiceRequest,
    sampleService,
    type ServiceRequest,
} from "../../../../components/model/services/serviceRequest";

const request = (changes: Partial<ServiceRequest> = {}): ServiceRequest => ({
    name: "web",
    image: "registry.suse.com/suse/nginx:1.27",
    sample: false,
    ...{ count: 1, cpuUnits: 256, memoryMiB: 256, env: [], secrets: [], command: [] },
    ...{ isPublic: false, internalOnly: false, openGroups: [], exec: false },
    ...changes,
});

const pathsOf = (changes: Partial<ServiceRequest>): readonly string[] => {
    const read = readServiceRequest(request(changes));
    return isProblems(read) ? read.map(({ path }) => path) : [];
};

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const secret = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:web-AbCdEf";
const role = "arn:aws:iam::123456789012:role/web";

describe("what a person says of a service", () => {
    it("takes every form of an image's reference", () => {
        const references = [
            "nginx",
            "library/nginx:1.25",
            "registry.suse.com/bci/bci-base:15.7",
            "localhost:5000/a/b_c-d.e",
            `registry.suse.com/bci/bci-base@${digest}`,
            `123456789012.dkr.ecr.eu-central-1.amazonaws.com/alice/web:1.0@${digest}`,
        ];
        expect(references.flatMap((image) => pathsOf({ image }))).to.deep.equal([]);
    });

    it("refuses what is no reference", () => {
        const references = [
            "Nginx",
            "nginx:",
            "nginx:.x",
            "a b",
            "http://nginx",
            "nginx@sha256:12",
            "/nginx",
            "nginx/",
        ];
        for (const image of references) {
            expect(pathsOf({ image }), image).to.deep.equal(["--image"]);
        }
    });

    it("reads ports of the container alone, and with the host's first", () => {
        expect(readServiceRequest(request({ port: "8080" }))).to.deep.include({ port: { container: 8080 } });
        expect(readServiceRequest(request({ port: "80:8080" }))).to.deep.include({
            port: { container: 8080, host: 80 },
        });
        for (const port of ["0", "65536", "80:", ":80", "1:2:3", "8o", "-1", "8080/tcp"]) {
            expect(pathsOf({ port }), port).to.deep.equal(["--port"]);
        }
    });

    // Amazon ECS Developer Guide, task_definition_parameters: 6 MiB at least; CPU shares of 2 to 262144.
    it("holds numbers to ECS's own limits", () => {
        expect(pathsOf({ memoryMiB: 6, cpuUnits: 2, count: 0 })).to.deep.equal([]);
        expect(pathsOf({ memoryMiB: 5, cpuUnits: 1, count: -1 })).to.deep.equal([
            "--count",
            "--cpu",
            "--memory",
        ]);
        expect(pathsOf({ cpuUnits: 262_144, count: 5000 })).to.deep.equal([]);
        expect(pathsOf({ cpuUnits: 262_145, count: 5001 })).to.deep.equal(["--count", "--cpu"]);
        expect(pathsOf({ count: 1.5 })).to.deep.equal(["--count"]);
    });

    it("reads variables with whatever value, and refuses the same twice", () => {
        const read = readServiceRequest(request({ env: ["A=1=2", "B=", "_C=x\ny"] }));
        expect(read).to.deep.include({ environment: { A: "1=2", B: "", _C: "x\ny" } });
        expect(pathsOf({ env: ["A", "1A=x", "A=1", "A=2"] })).to.deep.equal(["--env", "--env", "--env"]);
    });

    it("takes names of variables that every object of JavaScript has", () => {
        const read = readServiceRequest(
            request({
                env: ["toString=1", "__proto__=2"],
                secrets: [`constructor=${secret}`],
                executionRole: role,
            }),
        );
        const { environment = {}, secrets = {} } = isProblems(read) ? {} : read;
        expect(Object.entries(environment)).to.deep.equal([
            ["toString", "1"],
            ["__proto__", "2"],
        ]);
        expect(Object.keys(secrets)).to.deep.equal(["constructor"]);
    });

    it("never shows the value of what it refuses", () => {
        const read = readServiceRequest(request({ env: ["1PASSWORD=hunter2"], secrets: ["P=hunter2"] }));
        expect(JSON.stringify(read)).to.not.contain("hunter2");
    });

    it("wants an execution role for secrets, and ARNs that ECS takes", () => {
        expect(pathsOf({ secrets: [`P=${secret}`] })).to.deep.equal(["--execution-role"]);
        expect(pathsOf({ secrets: [`P=${secret}`], executionRole: role })).to.deep.equal([]);
        expect(pathsOf({ secrets: ["P=x"], env: ["P=y"], executionRole: "web" })).to.deep.equal([
            "--secret P",
            "--secret P",
            "--execution-role",
        ]);
    });

    // Amazon ECS Developer Guide, ecs-exec: the agent in the container reaches Systems Manager with the task role.
    it("wants a task role where commands are to be run in tasks", () => {
        expect(pathsOf({ exec: true })).to.deep.equal(["--task-role"]);
        expect(pathsOf({ exec: true, taskRole: role })).to.deep.equal([]);
        expect(pathsOf({ exec: true, taskRole: "web" })).to.deep.equal(["--task-role"]);
    });

    it("wants a port where there is to be a load balancer", () => {
        expect(pathsOf({ isPublic: true })).to.deep.equal(["--port"]);
        expect(pathsOf({ internalOnly: true })).to.deep.equal(["--internal-only"]);
        expect(readServiceRequest(request({ isPublic: true, internalOnly: true, port: "80" }))).to.include({
            balancer: "internal",
        });
    });

    it("opens groups of others to a load balancer alone", () => {
        const openGroups = ["sg-0a", "default"];
        expect(pathsOf({ isPublic: true, port: "80", openGroups })).to.deep.equal(["--open-group"]);
        expect(pathsOf({ openGroups: ["sg-0a"] })).to.deep.equal(["--open-group"]);
        expect(pathsOf({ isPublic: true, port: "80", openGroups: ["sg-0a"] })).to.deep.equal([]);
    });

    it("fills a sample in, and lets a person say otherwise", () => {
        const read = readServiceRequest(request({ sample: true, name: undefined, image: undefined }));
        expect(read).to.deep.include({
            ...{ name: "sample", image: sampleService.image, port: { container: 8080 } },
            command: [...sampleService.command],
        });
        expect(
            readServiceRequest(request({ sample: true, image: undefined, port: "80:8080" })),
        ).to.deep.include({
            ...{ name: "web", port: { container: 8080, host: 80 } },
        });
    });
});
