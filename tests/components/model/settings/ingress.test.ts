import { expect } from "chai";
import { parseSettings } from "../../../../components/model/settings";

/** Problems of `network.ingress` as `path: message`, without the beginning of each path. */
function problemsOf(ingress: unknown, mode: "default" | "create" = "default"): string[] {
    return parseSettings({ network: { mode, ingress } }, "dev").problems.map(
        ({ path, message }) => `${path.replace("network.", "")}: ${message}`,
    );
}

const inside = ["10.0.0.0/8"];

describe("network.ingress", () => {
    it("is a rule for each source of each entry, TCP unless it says otherwise", () => {
        const ingress = [
            { port: 8080, cidrBlocks: ["10.0.0.0/8", "2001:db8::/32"], description: "web" },
            { protocol: "udp", fromPort: 5000, toPort: 5010, securityGroupIds: ["sg-00000001"] },
        ];
        for (const mode of ["default", "create"]) {
            const { settings, problems } = parseSettings({ network: { mode, ingress } }, "dev");
            expect(problems).to.deep.equal([]);
            const web = { protocol: "tcp", fromPort: 8080, toPort: 8080, description: "web" };
            expect(settings?.network).to.have.deep.property("ingress", [
                { ...web, source: { kind: "ipv4", cidrBlock: "10.0.0.0/8" } },
                { ...web, source: { kind: "ipv6", cidrBlock: "2001:db8::/32" } },
                {
                    protocol: "udp",
                    fromPort: 5000,
                    toPort: 5010,
                    source: {
                        kind: "group",
                        groupId: "sg-00000001",
                        path: "network.ingress[1].securityGroupIds[0]",
                    },
                },
            ]);
        }
    });

    it("is all of what is wrong with it at once, each with its path", () => {
        expect(
            problemsOf([
                { port: 0, cidrBlocks: inside },
                { port: 70_000, cidrBlocks: ["10.0.0.1/8"] },
                { fromPort: 90, toPort: 80, cidrBlocks: inside },
                { protocol: "icmp", port: 1, cidrBlocks: inside },
            ]),
        ).to.deep.equal([
            "ingress[0].port: got 0, expected a whole number from 1 to 65535",
            "ingress[1].port: got 70000, expected a whole number from 1 to 65535",
            'ingress[1].cidrBlocks[0]: got "10.0.0.1/8", expected the first address of the block: 10.0.0.0/8',
            'ingress[3].protocol: got "icmp", expected one of tcp, udp',
        ]);
        expect(
            problemsOf([
                { port: 0, cidrBlocks: inside },
                { fromPort: 90, toPort: 80, cidrBlocks: ["300.0.0.0/8"] },
                { port: 443 },
                { cidrBlocks: inside },
                { fromPort: 443, cidrBlocks: inside },
                { port: 443, toPort: 444, cidrBlocks: inside },
            ]),
        ).to.deep.equal([
            "ingress[0].port: got 0, expected a whole number from 1 to 65535",
            'ingress[1].cidrBlocks[0]: got "300.0.0.0/8", expected a CIDR block such as 10.0.0.0/8 or 2001:db8::/32',
            "ingress[1].toPort: got 80, expected fromPort (90) or more",
            "ingress[2].cidrBlocks: is missing, expected cidrBlocks, securityGroupIds or both",
            "ingress[3].port: is missing, expected a port, or fromPort and toPort",
            "ingress[4].toPort: is missing, expected the other end of the range",
            "ingress[5].port: got 443, expected either port, or fromPort and toPort",
        ]);
    });

    it("has no CIDR block of other addresses than its first one says, in IPv6 either", () => {
        expect(problemsOf([{ port: 80, cidrBlocks: ["2001:db8::1/32"] }])).to.deep.equal([
            'ingress[0].cidrBlocks[0]: got "2001:db8::1/32", expected the first address of the block: 2001:db8::/32',
        ]);
        expect(problemsOf([{ port: 80, cidrBlocks: ["2001:db8::/32", "192.0.2.7/32"] }])).to.deep.equal([]);
    });

    // RFC 5952 for IPv6; a leading 0 is octal to some: 010.0.0.0 is 8.0.0.0 there, and no address here.
    it("has each CIDR block in the one form in which EC2 keeps it", () => {
        const isNone = "expected a CIDR block such as 10.0.0.0/8 or 2001:db8::/32";
        const blocks = ["2001:DB8:0::/32", "2001:db8::/032", "010.0.0.0/8", "10.0.0.0/08", "10.0.0.0/8"];
        expect(problemsOf([{ port: 80, cidrBlocks: blocks }])).to.deep.equal([
            'ingress[0].cidrBlocks[0]: got "2001:DB8:0::/32", expected the form in which EC2 keeps it: 2001:db8::/32',
            'ingress[0].cidrBlocks[1]: got "2001:db8::/032", expected the form in which EC2 keeps it: 2001:db8::/32',
            `ingress[0].cidrBlocks[2]: got "010.0.0.0/8", ${isNone}`,
            `ingress[0].cidrBlocks[3]: got "10.0.0.0/08", ${isNone}`,
        ]);
    });

    it("lets nothing in twice: EC2 refuses a rule that is there already", () => {
        const twice = 'got "10.0.0.0/8", expected a source that rule 0 does not let in already';
        expect(
            problemsOf([
                { port: 80, cidrBlocks: inside },
                { fromPort: 80, toPort: 80, protocol: "tcp", cidrBlocks: inside },
                // Other ports and another protocol are other rules.
                { fromPort: 80, toPort: 81, cidrBlocks: inside },
                { port: 80, protocol: "udp", cidrBlocks: inside },
            ]),
        ).to.deep.equal([`ingress[1].cidrBlocks[0]: ${twice}`]);
        expect(problemsOf([{ port: 80, cidrBlocks: [...inside, ...inside] }])).to.deep.equal([
            'ingress[0].cidrBlocks[1]: got "10.0.0.0/8", expected an entry that is not in the list already',
        ]);
    });

    for (const [what, rule] of [
        ["by itself", { port: 22, cidrBlocks: ["0.0.0.0/0"] }],
        ["in IPv6", { port: 22, cidrBlocks: ["::/0"] }],
        ["among other ports", { fromPort: 20, toPort: 30, cidrBlocks: ["0.0.0.0/0"] }],
    ] as const) {
        it(`opens port 22 to nobody and everybody, ${what}, and names what needs no port`, () => {
            expect(problemsOf([rule])).to.have.length(1);
            expect(problemsOf([rule])[0]).to.match(
                /^ingress\[0\]\.cidrBlocks\[0\]: got "(0\.0\.0\.0|::)\/0", expected the blocks that people come from.*instanceRole\.ssm/,
            );
        });
    }

    it("may open port 22 to some, and other ports to everybody", () => {
        expect(
            problemsOf([
                { port: 22, cidrBlocks: ["192.0.2.0/24"] },
                { fromPort: 23, toPort: 443, cidrBlocks: ["0.0.0.0/0", "::/0"] },
                { protocol: "udp", port: 22, cidrBlocks: ["0.0.0.0/0"] },
            ]),
        ).to.deep.equal(["ingress: opens 23-443/tcp, 22/udp of the hosts to the whole Internet"]);
    });

    it("refuses nothing that it warns of, and warns of nothing that only some can reach", () => {
        const rule = (block: string) => ({ ingress: [{ port: 80, cidrBlocks: [block] }] });
        const network = (block: string) =>
            parseSettings({ network: { mode: "create", ...rule(block) } }, "dev");
        expect(network("0.0.0.0/0").settings).to.not.equal(undefined);
        expect(network("0.0.0.0/0").problems[0]?.severity).to.equal("warning");
        expect(network("0.0.0.0/1").problems).to.deep.equal([]);
    });

    it("suggests the key that was probably meant", () => {
        const [problem] = parseSettings(
            { network: { mode: "create", ingress: [{ prot: 80, cidrBlocks: inside }] } },
            "dev",
        ).problems;
        expect(problem?.message).to.match(/^unknown key prot, expected one of protocol, port, fromPort/);
    });

    it("belongs to a group of the hosts' own, which an existing network has not", () => {
        const network = {
            mode: "existing",
            subnetIds: ["subnet-00000001"],
            securityGroupIds: ["sg-00000001"],
        };
        const { problems } = parseSettings({ network: { ...network, ingress: [] } }, "dev");
        expect(problems.map(({ message }) => message)).to.deep.equal([
            'ingress belongs to mode default and mode create, and network.mode is "existing"',
        ]);
    });
});
