import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { run } from "./command";

/**
 * Writes an archive for `docker load` with an image of one small file (Docker image specification 1.2). Stand-in for
 * the ECS agent's image, of which no host here runs anything.
 */
export async function writeImage(archive: string, tag: string): Promise<void> {
    const folder = fs.mkdtempSync(`${archive}-`);
    const at = (name: string) => path.join(folder, name);
    fs.writeFileSync(at("content"), `${tag}\n`);
    await run("tar", ["-c", "-f", at("layer.tar"), "-C", folder, "content"]);
    const layer = createHash("sha256")
        .update(fs.readFileSync(at("layer.tar")))
        .digest("hex");
    const config = {
        architecture: "amd64",
        os: "linux",
        config: { Cmd: ["/content"] },
        rootfs: { type: "layers", diff_ids: [`sha256:${layer}`] },
        history: [{ created: "2026-01-01T00:00:00Z" }],
    };
    fs.writeFileSync(at("config.json"), JSON.stringify(config));
    const manifest = [{ Config: "config.json", RepoTags: [tag], Layers: ["layer.tar"] }];
    fs.writeFileSync(at("manifest.json"), JSON.stringify(manifest));
    await run("tar", ["-c", "-f", archive, "-C", folder, "manifest.json", "config.json", "layer.tar"]);
    fs.rmSync(folder, { recursive: true });
}
