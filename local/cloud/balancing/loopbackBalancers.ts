import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type net from "node:net";
import { pipeline } from "node:stream/promises";
import type { Balancers, Cloud } from "../cloud";
import { regionOfArn } from "../ecs/names";
import type { PortBinding } from "../ecs/state";

const version = "2015-12-01";

interface Balancer {
    readonly server: http.Server;
    /** Such as `127.0.0.1:40123`. */
    readonly address: string;
}

/**
 * Load balancers that answer: each listens at a loopback address, which it has for its DNS name, and forwards to the containers of the
 * services that its listeners' target groups are of. One with several listeners has one address all the same.
 */
export class LoopbackBalancers implements Balancers {
    private readonly balancers = new Map<string, Balancer>();
    private turn = 0;

    constructor(private readonly cloud: () => Pick<Cloud, "moto" | "ecs" | "report">) {}

    /** Where a load balancer answers, which begins with the first question. */
    async addressOf(arn: string): Promise<string> {
        const known = this.balancers.get(arn);
        if (known !== undefined) {
            return known.address;
        }
        const server = http.createServer((request, response) => {
            this.forward(arn, request, response).catch((error: unknown) => {
                this.cloud().report(error);
                response.destroy();
            });
        });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as net.AddressInfo;
        const balancer = { server, address: `127.0.0.1:${port}` };
        // Two who have asked at once get one.
        const other = this.balancers.get(arn);
        if (other !== undefined) {
            server.close();
            return other.address;
        }
        this.balancers.set(arn, balancer);
        return balancer.address;
    }

    remove(arn: string): void {
        const { server } = this.balancers.get(arn) ?? {};
        this.balancers.delete(arn);
        server?.close();
        server?.closeAllConnections();
    }

    clear(): void {
        [...this.balancers.keys()].forEach((arn) => {
            this.remove(arn);
        });
    }

    /** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html, for 502 and 503 */
    private async forward(arn: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
        const targets = this.targetsOf(await this.targetGroupsOf(arn));
        const target = targets[this.turn++ % Math.max(1, targets.length)];
        if (target === undefined) {
            response.writeHead(503).end("503 Service Temporarily Unavailable: no target is registered\n");
            return;
        }
        const { bindIP: host, hostPort: port } = target;
        const { method, url: path, headers } = request;
        const upstream = http.request({ host, port, method, path, headers });
        upstream.on("error", () => {
            if (!response.headersSent) {
                response.writeHead(502).end("502 Bad Gateway: the target does not answer\n");
            }
        });
        upstream.on("response", (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            pipeline(answer, response).catch(() => response.destroy());
        });
        request.pipe(upstream);
    }

    private async targetGroupsOf(arn: string): Promise<readonly string[]> {
        const form = { Action: "DescribeListeners", LoadBalancerArn: arn, Version: version };
        const answer = await this.cloud().moto.query(regionOfArn(arn), "elasticloadbalancing", form);
        return [...answer.matchAll(/<TargetGroupArn>([^<]+)<\/TargetGroupArn>/g)].map(([, one = ""]) => one);
    }

    private targetsOf(targetGroups: readonly string[]): readonly PortBinding[] {
        const { ecs } = this.cloud();
        return [...ecs.services.values()].flatMap((service) => {
            const ports = service.loadBalancers
                .filter(({ targetGroupArn = "" }) => targetGroups.includes(targetGroupArn))
                .map(({ containerPort }) => containerPort);
            return ecs
                .tasksOfService(service)
                .filter(
                    ({ lastStatus, desiredStatus }) =>
                        lastStatus === "RUNNING" && desiredStatus === "RUNNING",
                )
                .flatMap(({ containers = [] }) => containers.flatMap(({ bindings = [] }) => bindings))
                .filter(({ containerPort }) => ports.includes(containerPort));
        });
    }
}
