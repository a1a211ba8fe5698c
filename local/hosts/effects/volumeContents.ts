import type { VolumeContent } from "../decide/hostFacts";

/** What is on the volumes: their file systems outlive the hosts that made them. */
export class VolumeContents {
    private readonly contents = new Map<string, VolumeContent>();

    contentOf(volumeId: string): VolumeContent {
        return this.contents.get(volumeId) ?? { signature: "" };
    }

    set(volumeId: string, content: VolumeContent): void {
        this.contents.set(volumeId, content);
    }

    clear(): void {
        this.contents.clear();
    }
}
