import { command } from "../../components/model/commandLine";
import pLimit from "p-limit";

import type { ImageReference } from "../../components/model/containers/imageReference";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { Progress } from "../ports/io";
import type { ImageBlob, ImageSource, SourceImage } from "../ports/imageSource";

/** What a push has come to. */
export interface Pushed {
    readonly digest: string;
    /** It was there before, whole and under this tag. */
    readonly wasThere: boolean;
    /** Layers that had to be sent. */
    readonly sent: number;
    readonly sentBytes: number;
    /** Layers that were there already. */
    readonly skipped: number;
}

/** Layers on their way at the same time. */
const atOnce = 3;

/**
 * Pushes an image through ECR's own API: layers that are there are skipped, and nothing is there under its tag before all of them
 * are whole. Interrupted, the same push goes on. Its digest is asked for again at the end.
 * @throws AppError IMAGE_TAG_TAKEN, PUSH_NOT_PROVEN
 */
export async function pushImage(
    { aws, signal, environment }: Pick<Target, "aws" | "signal" | "environment">,
    repository: string,
    {
        source,
        image,
        from,
        tag,
    }: {
        readonly source: Pick<ImageSource, "fetch">;
        readonly image: SourceImage;
        readonly from: ImageReference;
        readonly tag: string;
    },
    progress: Pick<Progress, "phase" | "status">,
): Promise<Pushed> {
    const { digest, blobs } = image;
    const has = await aws.ecr.digestOf(repository, tag);
    if (has === digest) {
        return { digest, wasThere: true, sent: 0, sentBytes: 0, skipped: blobs.length };
    }
    if (has !== undefined) {
        throw new AppError("IMAGE_TAG_TAKEN", {
            message: `the tag ${tag} is another image's in ${repository} (${has}), and tags there never change hands`,
        });
    }
    progress.phase("sending layers");
    const missing = new Set(
        await aws.ecr.missingLayers(
            repository,
            blobs.map((one) => one.digest),
        ),
    );
    const toSend = blobs.filter((one) => missing.has(one.digest));
    const send = async (blob: ImageBlob): Promise<void> => {
        signal.throwIfAborted();
        const file = await source.fetch(from, blob);
        signal.throwIfAborted();
        await aws.ecr.uploadLayer(repository, { digest: blob.digest, file });
    };
    await sendAll(toSend, send, (done) =>
        progress.status([`${done} of ${toSend.length} layers sent to ${repository}`]),
    );
    progress.phase("making the image");
    await aws.ecr.putImage(repository, { ...image, tag });
    const now = await aws.ecr.digestOf(repository, tag);
    if (now !== digest) {
        throw new AppError("PUSH_NOT_PROVEN", {
            message: `${repository}:${tag} has the digest ${now ?? "of nothing"}, expected ${digest}`,
            hint: command("containers", "list", environment),
        });
    }
    const sentBytes = toSend.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return { digest, wasThere: false, sent: toSend.length, sentBytes, skipped: blobs.length - toSend.length };
}

/** Sends a few at a time; after a failure none is begun, and those that are under way come to their end. */
async function sendAll(
    blobs: readonly ImageBlob[],
    send: (blob: ImageBlob) => Promise<void>,
    onDone: (done: number) => void,
): Promise<void> {
    const limit = pLimit(atOnce);
    let done = 0;
    const failures: unknown[] = [];
    await Promise.all(
        blobs.map((blob) =>
            limit(async () => {
                if (failures.length === 0) {
                    await send(blob).then(
                        () => onDone((done += 1)),
                        (error: unknown) => failures.push(error),
                    );
                }
            }),
        ),
    );
    if (failures.length > 0) {
        throw failures[0];
    }
}
