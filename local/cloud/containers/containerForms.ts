import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { PortBinding } from "../ecs/state";

/** The words of a command line; quotes hold words together. */
export function wordsOf(command: string): readonly string[] {
    const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
    return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

/** Without a tag the engine would pull all that there are. */
export function withTag(image: string): string {
    return /(?::[\w][\w.-]*|@sha256:[0-9a-f]+)$/.test(image.slice(image.lastIndexOf("/") + 1))
        ? image
        : `${image}:latest`;
}

export function portsOf({
    portMappings = [],
}: ContainerDefinition): readonly { readonly key: string; readonly hostPort: number }[] {
    return portMappings.map(({ containerPort = 0, hostPort = 0, protocol = "tcp" }) => ({
        key: `${containerPort}/${protocol}`,
        hostPort,
    }));
}

export function bindingsIn(
    ports: Readonly<
        Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null | undefined>
    >,
): readonly PortBinding[] {
    return Object.entries(ports).flatMap(([key, bound]) =>
        (bound ?? []).map(({ HostIp, HostPort }) => {
            const [containerPort, protocol = "tcp"] = key.split("/");
            return {
                bindIP: HostIp,
                hostPort: Number(HostPort),
                containerPort: Number(containerPort),
                protocol,
            };
        }),
    );
}
