// Stand-ins for what a host talks to: EC2's metadata service (EC2 user guide, "Instance metadata categories"), the
// bucket that the ECS agent comes from, AWS's buckets with the SSM agent and Amazon Linux, and ECS as a host with the least-privilege role sees it.
// Runs in the network of one machine. The argument is JSON; every event is one line of JSON on stdout; the line
// "open s3" on stdin makes the bucket reachable.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { gzipSync } from "node:zlib";

const { instanceId, instanceType, userDataBase64, clusters, agentArchive, s3IsOpen, isBehindProxy } =
    JSON.parse(process.argv[2]);
/** Where S3 and ECS listen: where nobody looks for them, if only a proxy knows the way. */
const servicesAddress = isBehindProxy ? "127.0.0.2" : "10.0.0.10";
const report = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

const metadata = {
    "ami-id": "ami-0123456789abcdef0",
    hostname: "ip-10-0-0-10.eu-central-1.compute.internal",
    "instance-id": instanceId,
    "instance-type": instanceType,
    "local-hostname": "ip-10-0-0-10.eu-central-1.compute.internal",
    "local-ipv4": "10.0.0.10",
    "placement/availability-zone": "eu-central-1a",
    "placement/region": "eu-central-1",
};
const identity = {
    instanceId,
    region: "eu-central-1",
    availabilityZone: "eu-central-1a",
    accountId: "123456789012",
};

/** What is at a path: a value, or the names below a folder. */
function metadataAt(name) {
    const folder = name === "" ? "" : `${name.replace(/\/$/, "")}/`;
    if (metadata[name] !== undefined) {
        return metadata[name];
    }
    const below = Object.keys(metadata)
        .filter((key) => key.startsWith(folder))
        .map((key) => key.slice(folder.length).replace(/\/.*/, "/"));
    return below.length > 0 ? [...new Set(below)].join("\n") : undefined;
}

function imdsAnswer({ method, url }) {
    if (method === "PUT") {
        return url === "/latest/api/token" ? "token" : undefined;
    }
    const [, category, rest = ""] = /^\/[^/]+\/(meta-data|user-data|dynamic)\/?(.*)$/.exec(url) ?? [];
    switch (category) {
        case "meta-data":
            return metadataAt(rest);
        case "user-data":
            return userDataBase64 === "" ? undefined : Buffer.from(userDataBase64, "base64");
        case "dynamic":
            return rest === "instance-identity/document" ? JSON.stringify(identity) : undefined;
    }
    return undefined;
}

function s3Answer({ url }) {
    const archive = fs.readFileSync(agentArchive);
    report({ event: "download", path: url });
    switch (url) {
        case "/amazon-ecs-agent/ecs-agent.tar":
            return archive;
        case "/amazon-ecs-agent/ecs-agent.tar.md5":
            return createHash("md5").update(archive).digest("hex");
        case "/amazon-ssm-eu-central-1/3.3.4624.0/linux_amd64/amazon-ssm-agent-binaries.tar.gz":
            return archiveOf(["amazon-ssm-agent", "ssm-agent-worker", "ssm-session-worker"], "-z");
        default:
            return amazonLinux[url]?.();
    }
}

/** An archive of files that hold their own names (aws/amazon-ecs-ami, install-exec-dependencies.sh: which those are). */
function archiveOf(names, ...options) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stand-in-archive-"));
    names.forEach((name) => fs.writeFileSync(path.join(folder, name), `${name}\n`));
    const archive = execFileSync("tar", ["-c", "--mtime=@0", ...options, "-C", folder, ...names]);
    fs.rmSync(folder, { recursive: true });
    return archive;
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const agentPackage = () => archiveOf(["ecs-service-connect-agent.interface-v1.tar"]);

/** The list of packages of a repository (createrepo_c, primary.xml). */
const primary = () =>
    gzipSync(
        `<metadata xmlns="http://linux.duke.edu/metadata/common"><package type="rpm"><name>ecs-service-connect-agent</name><checksum type="sha256">${sha256(agentPackage())}</checksum><time build="1"/><location href="../../blobstore/1/agent.rpm"/></package></metadata>`,
    );

/** What the repository of Amazon Linux 2023 has at its addresses: packages lie beside the repositories. */
const amazonLinux = {
    "/core/mirrors/latest/x86_64/mirror.list": () => "http://10.0.0.10:8081/core/1/\n",
    "/core/1/repodata/repomd.xml": () =>
        `<repomd xmlns="http://linux.duke.edu/metadata/repo"><data type="primary"><checksum type="sha256">${sha256(primary())}</checksum><location href="repodata/primary.xml.gz"/></data></repomd>`,
    "/core/1/repodata/primary.xml.gz": primary,
    "/blobstore/1/agent.rpm": agentPackage,
};

async function bodyOf(request) {
    let text = "";
    for await (const chunk of request) {
        text += chunk;
    }
    return JSON.parse(text);
}

/** The least-privilege role allows registration in its clusters and no CreateCluster. */
async function ecsAnswer(request, response) {
    const body = await bodyOf(request);
    const isAllowed = request.url === "/RegisterContainerInstance" && clusters.includes(body.cluster);
    report({
        event: request.url.slice(1),
        cluster: body.cluster,
        attributes: body.attributes,
        accepted: isAllowed,
    });
    const id = createHash("md5").update(instanceId).digest("hex");
    const arn = `arn:aws:ecs:eu-central-1:123456789012:container-instance/${body.cluster}/${id}`;
    response.writeHead(isAllowed ? 200 : 403);
    response.end(isAllowed ? JSON.stringify({ containerInstanceArn: arn }) : "AccessDeniedException");
}

/** A proxy: takes whole addresses (RFC 9112, section 3.2.2), and leads them to the services. */
function relay(request, response) {
    report({ event: "proxied", request: `${request.method} ${request.url}` });
    const { port, pathname } = new URL(request.url);
    const { method, headers } = request;
    const upstream = http.request(
        { host: servicesAddress, port, path: pathname, method, headers },
        (answer) => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.pipe(response);
        },
    );
    upstream.on("error", () => response.writeHead(502).end());
    request.pipe(upstream);
}

const answering = (answer) => (request, response) => {
    request.resume();
    const found = answer(request);
    response.writeHead(found === undefined ? 404 : 200, { "X-aws-ec2-metadata-token-ttl-seconds": "21600" });
    response.end(found);
};
const listen = (handler, port, address) =>
    new Promise((resolve) => http.createServer(handler).listen(port, address, resolve));
let s3 = undefined;
const openS3 = () => (s3 ??= listen(answering(s3Answer), 8081, servicesAddress));

await listen(answering(imdsAnswer), 80, "169.254.169.254");
await listen(ecsAnswer, 8082, servicesAddress);
if (isBehindProxy) {
    await listen(relay, 3128, "10.0.0.10");
}
if (s3IsOpen) {
    await openS3();
}
report({ event: "listening" });
for await (const line of readline.createInterface({ input: process.stdin })) {
    if (line === "open s3") {
        await openS3();
    }
}
process.exit(0);
