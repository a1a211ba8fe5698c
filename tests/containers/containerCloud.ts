import { execFileSync } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";

import type { ECR } from "@aws-sdk/client-ecr";
import { ECS } from "@aws-sdk/client-ecs";
import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";

import { prepareMoto } from "../../automation/setup";
import { localCloudStatus, startLocalCloud, stopLocalCloud, type LocalCloudInfo } from "../../local";
import { control } from "../local/cloud/control";
import { quietSetup, temporaryDirectory, type TestCloud } from "../local/cloud/testCloud";

/** Made here of Debian's busybox: there is no registry to pull from. */
export const image = "sles-ecs-test/busybox:1";

/** Where docker listens. */
const dockerHost = "unix:///var/run/docker.sock";

/** Runs docker's command line on docker. @returns what it prints, without the line break at its end */
export function docker(...words: readonly string[]): string {
    return dockerOn(dockerHost, ...words);
}

/** The same on another engine that speaks its API. */
function dockerOn(host: string, ...words: readonly string[]): string {
    // A test may stand between a cloud and the engine, in this process, which waits here.
    // podman's API knows nothing of BuildKit.
    const env = { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT: "0" };
    return execFileSync("docker", words, { encoding: "utf8", env }).trimEnd();
}

/** An image with busybox and nothing else. */
export async function buildImage(host = dockerHost): Promise<void> {
    const folder = await temporaryDirectory();
    await fs.copyFile("/bin/busybox", path.join(folder, "busybox"));
    const lines = [
        "FROM scratch",
        "COPY busybox /bin/busybox",
        "COPY index.html /www/index.html",
        'RUN ["/bin/busybox", "--install", "-s", "/bin"]',
        // A shell that ends when it is told to; the first process of a container ignores that otherwise.
        `CMD ["sh", "-c", "trap 'exit 0' TERM; httpd -f -v -p 8080 -h /www & wait"]`,
    ];
    await fs.writeFile(path.join(folder, "index.html"), "it works\n");
    await fs.writeFile(path.join(folder, "Dockerfile"), `${lines.join("\n")}\n`);
    dockerOn(host, "build", "-q", "-t", image, folder);
    await fs.rm(folder, { recursive: true });
}

/** Names of the containers of a local cloud, whatever they do. */
export function containersOf(
    { directory }: Pick<LocalCloudInfo, "directory">,
    host = dockerHost,
): readonly string[] {
    const filter = `label=sles-ecs.local-cloud=${directory}`;
    const names = dockerOn(host, "ps", "-a", "--filter", filter, "--format", "{{.Names}}");
    return names.split("\n").filter(Boolean);
}

/** A local cloud of real containers in a folder, by the engine that DOCKER_HOST is to name; docker where it is not said. */
export async function startCloudOn(directory: string, host = dockerHost): Promise<LocalCloudInfo> {
    const motoServer = await prepareMoto(quietSetup);
    const before = process.env["DOCKER_HOST"];
    process.env["DOCKER_HOST"] = host;
    try {
        return await startLocalCloud({
            directory,
            port: 0,
            motoServer,
            exitWithParent: true,
            realContainers: true,
        });
    } finally {
        if (before === undefined) {
            delete process.env["DOCKER_HOST"];
        } else {
            process.env["DOCKER_HOST"] = before;
        }
    }
}

/** A local cloud whose tasks are real containers. */
export async function startContainerCloud(host?: string, directory?: string): Promise<TestCloud> {
    const info = await startCloudOn(directory ?? (await temporaryDirectory()), host);
    const options = {
        endpoint: info.endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    await control(info.endpoint, "POST", "settings", { bootSeconds: 0.05, taskSeconds: 0.5 });
    return {
        info,
        ecs: new ECS(options),
        ec2: new EC2(options),
        iam: new IAM(options),
        control: (method, name, body) => control(info.endpoint, method, name, body),
    } as TestCloud;
}

export async function endContainerCloud({ info }: TestCloud): Promise<void> {
    if ((await localCloudStatus(info.directory)) !== undefined) {
        await stopLocalCloud(info.directory);
    }
    await fs.rm(info.directory, { recursive: true, force: true });
}

/** Logs docker in to the local cloud's repositories as a person does. @returns their host, and docker with that login */
export async function logIn(
    ecr: ECR,
    folder: string,
): Promise<{ readonly host: string; readonly docker: typeof docker }> {
    const { authorizationData: [door] = [] } = await ecr.getAuthorizationToken({});
    const host = (door?.proxyEndpoint ?? "").replace(/^http:\/\//, "");
    const token = Buffer.from(door?.authorizationToken ?? "", "base64").toString();
    const [user = "", password = ""] = token.split(":");
    const loggedIn = (...words: readonly string[]): string => docker("--config", folder, ...words);
    loggedIn("login", "-u", user, "-p", password, host);
    return { host, docker: loggedIn };
}
