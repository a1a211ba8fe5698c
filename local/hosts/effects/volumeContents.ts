/** What is on the volumes: their file systems outlive the hosts that made them. */
export class VolumeContents {
    private readonly signatures = new Map<string, string>();

    /** File system on a volume, such as `btrfs`; empty for a blank one. */
    signatureOf(volumeId: string): string {
        return this.signatures.get(volumeId) ?? "";
    }

    set(volumeId: string, signature: string): void {
        this.signatures.set(volumeId, signature);
    }

    clear(): void {
        this.signatures.clear();
    }
}
