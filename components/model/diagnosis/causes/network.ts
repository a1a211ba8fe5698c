import { line } from "../../commandLine";
import { recogniser, type CauseCode, type Recogniser } from "../cause";
import type { MissingLink } from "../evidence";
import { hostLine, lastStep } from "../console";
import { startAgent } from "../remedies";
import { proxySilence } from "../../bootLog";

const codes: Readonly<Record<MissingLink["link"], CauseCode>> = {
    route: "NO_ROUTE",
    blackhole: "BLACKHOLE_ROUTE",
    publicAddress: "NO_PUBLIC_ADDRESS",
    natGateway: "NAT_WITHOUT_WAY",
    endpointPolicy: "ENDPOINT_POLICY",
    securityGroup: "EGRESS_CLOSED",
    networkAcl: "NETWORK_ACL_DENIES",
};

/**
 * Ways out of the host's subnet. SUSE's agent is downloaded from S3 at its first start, before it turns to ECS (SUSE's
 * guide, section 4): where both are cut off, it is the way to S3 that is missing first.
 */
export const networkCauses: readonly Recogniser[] = [
    // The bootstrap's own word, and that of Go, in which agent and ecs-init are written (net/http, Transport; net, OpError). Before the
    // ways of the subnet: a host with a proxy needs none.
    recogniser("PROXY_UNREACHABLE", (host, environment) => {
        const { reason = "" } = lastStep(host) ?? {};
        const said = reason.startsWith(proxySilence) ? reason : hostLine(host, /proxyconnect tcp:/, "agent");
        return said === undefined
            ? undefined
            : {
                  evidence: [said],
                  remedy: line`see that the proxy runs and that its security group lets the hosts in, then: ${startAgent(host, environment)}; or set proxy.address to another one`,
              };
    }),
    ...Object.entries(codes).map(([kind, code]) =>
        linkMissing(code, (link) => link.to === "s3" && link.link === kind),
    ),
    linkMissing("NO_WAY_TO_ECS", ({ to }) => to === "ecs"),
];

function linkMissing(code: CauseCode, isIt: (link: MissingLink) => boolean): Recogniser {
    return recogniser(code, ({ missingLinks = [], ...host }, environment) => {
        const links = missingLinks.filter(isIt);
        const [first] = links;
        return first === undefined
            ? undefined
            : {
                  evidence: links.map(({ reason }) => reason),
                  remedy: line`${first.remedy}, then: ${startAgent(host, environment)}`,
              };
    });
}
