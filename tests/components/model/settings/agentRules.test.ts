import { expect } from "chai";
import { wordNextStep } from "../../../../automation/errors/wordNextStep";
import { renderLine } from "../../../../components/model/commandLine";
import { noise } from "../../../helpers/noise";
import { parseSettings } from "../../../../components/model/settings";

const problemsOf = (raw: object) =>
    parseSettings(raw, "dev").problems.map(
        ({ path, message, hint, severity }) =>
            `${severity} ${path}: ${message} (${renderLine(wordNextStep(hint ?? ""))})`,
    );
const withPolicy = (policy: string, agent: object) =>
    problemsOf({ agent, instanceRole: { mode: "create", policy } });

describe("the agent's settings under SUSE's policy", () => {
    // SUSE's guide, section 2, has none of these actions.
    it("are refused where the host would not join, each with what is missing", () => {
        expect(withPolicy("suse", { tags: { team: "a" } })).to.deep.equal([
            "error agent.tags: needs ecs:TagResource, which the policy suse does not allow: the host would be refused when it joins (set instanceRole.policy to leastPrivilege, or leave it out)",
        ]);
        expect(withPolicy("suse", { propagateTagsFrom: "ec2_instance" })[0]).to.match(
            /^error agent\.propagateTagsFrom: needs ec2:DescribeTags and ecs:TagResource,/,
        );
        const logging = { logDriver: "awslogs", logOpts: { "awslogs-group": "hosts" } };
        expect(withPolicy("suse", logging)[0]).to.match(
            /^error agent\.logDriver: needs logs:CreateLogStream and logs:PutLogEvents,/,
        );
    });

    it("are doubted where the host only would not do it", () => {
        expect(withPolicy("suse", { enableSpotInstanceDraining: true })[0]).to.match(
            /^warning agent\.enableSpotInstanceDraining: needs ecs:UpdateContainerInstancesState,.*never be drained/,
        );
    });

    it("pass where they need nothing more", () => {
        for (const agent of [
            { reservedMemoryMiB: 256, enableTaskIamRole: true },
            { propagateTagsFrom: "none", enableSpotInstanceDraining: false },
            { logDriver: "journald" },
        ]) {
            expect(withPolicy("suse", agent), JSON.stringify(agent)).to.deep.equal([]);
        }
    });
});

describe("the agent's settings under other roles", () => {
    const everything = {
        tags: { team: "a" },
        propagateTagsFrom: "ec2_instance",
        enableSpotInstanceDraining: true,
        logDriver: "awslogs",
        logOpts: { "awslogs-group": "hosts" },
    };
    const makesGroup = { "awslogs-group": "hosts", "awslogs-create-group": "true" };

    it("pass with leastPrivilege, which has what they need", () => {
        expect(withPolicy("leastPrivilege", { ...everything, logOpts: makesGroup })).to.deep.equal([]);
    });

    it("pass with AWS's policy but for making a log group, which it does not allow", () => {
        expect(withPolicy("awsManaged", everything)).to.deep.equal([]);
        expect(withPolicy("awsManaged", { ...everything, logOpts: makesGroup })[0]).to.match(
            /^error agent\.logDriver: needs logs:CreateLogGroup, which the policy awsManaged does not allow/,
        );
    });

    it("are AWS's to judge with a role that exists", () => {
        const instanceRole = { mode: "existing", instanceProfileName: "shared" };
        expect(problemsOf({ agent: everything, instanceRole })).to.deep.equal([]);
    });
});

describe("the agent's settings between each other", () => {
    it("have the options that their log driver cannot do without", () => {
        expect(problemsOf({ agent: { logDriver: "awslogs" } })[0]).to.match(
            /^error agent\.logOpts: the log driver awslogs needs the option awslogs-group/,
        );
        expect(problemsOf({ agent: { logDriver: "gelf" } })[0]).to.contain("needs the option gelf-address");
        expect(problemsOf({ agent: { logDriver: "syslog" } })).to.deep.equal([]);
    });

    it("check for warm pools only where there is a group to have one", () => {
        const agent = { warmPoolsCheck: true };
        expect(problemsOf({ agent })[0]).to.match(
            /^error agent\.warmPoolsCheck: fixed hosts are in no group/,
        );
        expect(problemsOf({ agent, hosts: { mode: "autoScaling" } })).to.deep.equal([]);
        expect(problemsOf({ agent: { warmPoolsCheck: false } })).to.deep.equal([]);
    });

    it("are doubted where another one takes away their effect", () => {
        expect(problemsOf({ agent: { pollingMetricsWaitDuration: "10s" } })).to.deep.equal([
            "warning agent.pollingMetricsWaitDuration: has no effect while agent.pollMetrics is false by default (set agent.pollMetrics to true, or leave pollingMetricsWaitDuration out)",
        ]);
        expect(
            problemsOf({ agent: { disableImageCleanup: true, imageCleanupInterval: "1h" } }),
        ).to.deep.equal([
            "warning agent.imageCleanupInterval: has no effect while agent.disableImageCleanup is true (set agent.disableImageCleanup to false, or leave imageCleanupInterval out)",
        ]);
        expect(problemsOf({ agent: { imageCleanupInterval: "1h", awsvpcBlockImds: true } })).to.deep.equal(
            [],
        );
    });
});

describe("attributes of a host", () => {
    const problemsOfAttribute = (name: string, value = "x") =>
        problemsOf({ agent: { attributes: { [name]: value } } });

    it("leave those of the product and of ECS alone", () => {
        expect(problemsOfAttribute("sles-ecs.generation")).to.deep.equal([
            'error agent.attributes.sles-ecs.generation: got "sles-ecs.generation", expected another name: sles-ecs. is this product\'s own ()',
        ]);
        expect(problemsOfAttribute("ecs.os-type")[0]).to.contain("ecs. is ECS's own");
        expect(problemsOfAttribute("com.amazonaws.ecs.capability.x")[0]).to.contain("is ECS's own");
        expect(problemsOfAttribute("ecs-like")).to.deep.equal([]);
    });

    it("have the lengths and characters of ECS", () => {
        expect(problemsOfAttribute("n".repeat(128), "v".repeat(128))).to.deep.equal([]);
        expect(problemsOfAttribute("n".repeat(129))).to.have.length(1);
        expect(problemsOfAttribute("name", "v".repeat(129))).to.have.length(1);
        expect(problemsOfAttribute("a/b\\c.d_e-f", "two words: a@b")).to.deep.equal([]);
        for (const value of [" x", "x ", "", "a=b"]) {
            expect(problemsOfAttribute("name", value), `"${value}"`).to.have.length(1);
        }
    });

    it("are eight at most, as ECS takes ten and the product has two", () => {
        const attributes = (count: number) =>
            Object.fromEntries(Array.from({ length: count }, (_, n) => [`name${n}`, "x"]));
        expect(problemsOf({ agent: { attributes: attributes(8) } })).to.deep.equal([]);
        expect(problemsOf({ agent: { attributes: attributes(9) } })[0]).to.match(
            /^error agent\.attributes: .*at most 8 attributes/,
        );
    });
});

describe("tags of a container instance", () => {
    const tags = (count: number, prefix: string) =>
        Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}${n}`, ""]));

    it("follow the rules of all tags", () => {
        expect(problemsOf({ agent: { tags: { "sles-ecs:stack": "x" } } })[0]).to.match(
            /^error agent\.tags\.sles-ecs:stack: .*this product's own/,
        );
        expect(problemsOf({ agent: { tags: { "aws:x": "x" } } })).to.have.length(1);
        expect(problemsOf({ agent: { tags: { x: "aws:x" } } })).to.have.length(1);
        // Where the host's own tags are not propagated, nothing else is on the container instance.
        expect(problemsOf({ agent: { tags: tags(50, "a") } })).to.deep.equal([]);
        expect(problemsOf({ agent: { tags: tags(51, "a") } })[0]).to.match(
            /at most 50 tags, and there are 51/,
        );
    });

    it("fit into the 50 that a container instance takes, together with its EC2 instance's", () => {
        const both = (own: number, propagateTagsFrom: string) =>
            problemsOf({ tags: tags(20, "e"), agent: { tags: tags(own, "a"), propagateTagsFrom } });
        // 20 of the environment, six of the product's own.
        expect(both(24, "ec2_instance")).to.deep.equal([]);
        expect(both(25, "ec2_instance")[0]).to.match(
            /^error agent\.tags: a container instance takes 50 tags.*51/,
        );
        expect(both(25, "none")).to.deep.equal([]);
    });
});

describe("zypper packages", () => {
    const problemsOfPackages = (...packages: unknown[]) => problemsOf({ hosts: { packages } });

    it("are names as zypper knows them", () => {
        expect(problemsOfPackages("nfs-client", "libstdc++6", "java-17-openjdk", "python3.11")).to.deep.equal(
            [],
        );
    });

    for (const name of [
        "-y",
        "--root=/",
        "+vim",
        "!vim",
        "a b",
        "a;reboot",
        "$(id)",
        "a\nb",
        "a=1",
        "",
        "../x",
    ]) {
        it(`are refused where zypper or a shell might take them for something else: ${JSON.stringify(name)}`, () => {
            expect(problemsOfPackages("vim", name)[0]).to.match(
                /^error hosts\.packages\[1\]: .*a package name/,
            );
        });
    }

    it("are none by default, and of both kinds of hosts", () => {
        const packagesOf = (hosts: object) => parseSettings({ hosts }, "dev").settings?.hosts.packages;
        expect(packagesOf({})).to.deep.equal([]);
        expect(packagesOf({ packages: ["vim"] })).to.deep.equal(["vim"]);
        expect(packagesOf({ mode: "autoScaling", packages: ["vim"] })).to.deep.equal(["vim"]);
    });
});

describe("settings that make more user data than EC2 takes", () => {
    const long = (letters: number) => ({ note: noise(letters, String(letters)) });

    it("are refused with the longest of them, before anything is made", () => {
        const [problem, ...others] = problemsOf({
            dockerStorage: { mode: "volume" },
            agent: { pauseLabels: long(13_000), agentLabels: long(6000), logLevel: "info" },
            hosts: { packages: ["vim"] },
        });
        expect(others).to.deep.equal([]);
        expect(problem).to.match(
            /^error agent\.pauseLabels: too long: .*16 KiB.*shorten the longest: agent\.pauseLabels \(13011 bytes\), agent\.agentLabels \(6011 bytes\), agent\.logLevel \(4 bytes\)/,
        );
    });

    it("are found by packages and by options of docker's driver as well", () => {
        const packages = Array.from({ length: 200 }, (_, n) => `p${noise(100, `${n}-`)}`);
        expect(problemsOf({ hosts: { packages } })[0]).to.match(/^error hosts\.packages: too long/);
        const options = Object.fromEntries(
            Array.from({ length: 400 }, (_, n) => [`dm.option${n}`, noise(40, `${n}-`)]),
        );
        const hostImage = { filter: "suse-sles-12-sp5-v*-ecs-hvm-ssd-x86_64" };
        expect(
            problemsOf({ hostImage, dockerStorage: { mode: "driver", driver: "devicemapper", options } })[0],
        ).to.match(/^error dockerStorage\.options: too long/);
    });

    it("are weighed with the host that needs most", () => {
        const agent = { pauseLabels: long(15_600) };
        expect(problemsOf({ agent })).to.deep.equal([]);
        expect(problemsOf({ agent, dockerStorage: { mode: "volume", hosts: [1] } })).to.have.length(1);
    });
});

describe("the hosts' proxy", () => {
    const proxy = { address: "proxy.example:3128", noProxy: [".intranet.example"] };

    it("is the agent's as well, which therefore has none of its own beside it", () => {
        expect(problemsOf({ proxy })).to.deep.equal([]);
        expect(
            problemsOf({ agent: { httpProxy: "proxy.example:3128", noProxy: ["a.example"] } }),
        ).to.deep.equal([]);
        expect(problemsOf({ proxy, agent: { httpProxy: "proxy.example:3128", noProxy: ["a.example"] } }))
            .to.have.length(2)
            .and.to.satisfy((problems: readonly string[]) =>
                problems.every((problem, index) =>
                    problem.startsWith(`error agent.${["httpProxy", "noProxy"][index]}: proxy is set`),
                ),
            );
    });

    it("takes a scheme, and loses it", () => {
        const { settings } = parseSettings({ proxy: { address: "http://proxy.example:3128" } }, "dev");
        expect(settings?.proxy).to.deep.equal({ address: "proxy.example:3128", noProxy: [] });
    });

    for (const address of [
        "proxy.example",
        "http://me:s3cret@proxy.example:3128",
        "socks5://p:1080",
        "p:123456",
    ]) {
        it(`is refused as ${address.replace("me:s3cret", "name and password")}, and no password is shown`, () => {
            const [problem = "", ...others] = problemsOf({ proxy: { address } });
            expect(others).to.deep.equal([]);
            expect(problem).to.match(/^error proxy\.address: got .*, expected host:port of an HTTP proxy/);
            expect(problem).not.to.include("s3cret");
        });
    }

    it("is refused with entries past it that a host would read otherwise", () => {
        for (const entry of ["a b", 'a"b', "a,b", "a\\b"]) {
            expect(problemsOf({ proxy: { ...proxy, noProxy: [entry] } })[0], entry).to.match(
                /^error proxy\.noProxy/,
            );
        }
    });
});
