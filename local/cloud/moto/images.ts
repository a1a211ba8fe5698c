import { createHash } from "node:crypto";

/** SUSE's account for images on commercial AWS. Source: DescribeImages answers quoted in SUSE's own tools. */
const suseOwnerId = "013907871322";
const ecsOwnerId = "591542846629";

interface ImageSeed {
    readonly name: string;
    readonly description: string;
    readonly ownerId: string;
    readonly architecture: "x86_64" | "arm64";
    /** YYYYMMDD */
    readonly date: string;
}

/** Dates of the images, in the names' own form. Names follow SUSE's: `ecs` stands after the date. */
const sles: readonly {
    readonly version: string;
    readonly title: string;
    readonly dates: readonly string[];
}[] = [
    { version: "12-sp5", title: "12 SP5", dates: ["20200918", "20210606"] },
    { version: "15-sp6", title: "15 SP6", dates: ["20260313", "20260612", "20260919"] },
    { version: "15-sp7", title: "15 SP7", dates: ["20260310", "20260617", "20260922"] },
    { version: "16-0", title: "16.0", dates: ["20260703"] },
];

function ecsImages(): ImageSeed[] {
    return sles.flatMap(({ version, title, dates }) =>
        dates.map((date) => ({
            name: `suse-sles-${version}-v${date}-ecs-hvm-ssd-x86_64`,
            description: `SUSE Linux Enterprise Server ${title} ECS Optimized (HVM, 64-bit, SSD-Backed)`,
            ownerId: suseOwnerId,
            architecture: "x86_64" as const,
            date,
        })),
    );
}

/** Images whose names come near, and that a careless filter would take. */
function otherImages(): ImageSeed[] {
    const suse = { ownerId: suseOwnerId, architecture: "x86_64" as const };
    const server = "SUSE Linux Enterprise Server";
    return [
        {
            ...suse,
            date: "20210604",
            name: "suse-sles-12-sp5-v20210604-hvm-ssd-x86_64",
            description: `${server} 12 SP5 (HVM, 64-bit, SSD-Backed)`,
        },
        {
            ...suse,
            date: "20260925",
            name: "suse-sles-15-sp7-v20260925-hvm-ssd-x86_64",
            description: `${server} 15 SP7 (HVM, 64-bit, SSD-Backed)`,
        },
        {
            ...suse,
            date: "20260925",
            name: "suse-sles-15-sp7-v20260925-hvm-ssd-arm64",
            architecture: "arm64",
            description: `${server} 15 SP7 (HVM, 64-bit, SSD-Backed)`,
        },
        {
            ...suse,
            date: "20260924",
            name: "suse-sles-15-sp7-byos-v20260924-hvm-ssd-x86_64",
            description: `${server} 15 SP7 BYOS (HVM, 64-bit, SSD-Backed)`,
        },
        {
            ...suse,
            date: "20260924",
            name: "suse-sles-15-sp7-chost-byos-v20260924-hvm-ssd-x86_64",
            description: `${server} 15 SP7 Container Host BYOS (HVM, 64-bit, SSD-Backed)`,
        },
        {
            ...suse,
            date: "20260704",
            name: "suse-sles-16-0-v20260704-hvm-ssd-x86_64",
            description: `${server} 16.0 (HVM, 64-bit, SSD-Backed)`,
        },
        {
            name: "al2023-ami-ecs-hvm-2023.0.20260930-kernel-6.1-x86_64",
            description: "Amazon Linux AMI 2023 x86_64 ECS HVM EBS",
            ownerId: ecsOwnerId,
            architecture: "x86_64",
            date: "20260930",
        },
    ];
}

/**
 * The images of the local cloud in the form that moto reads (MOTO_AMIS_PATH). moto gives all of them the
 * owner alias `amazon`. The ids are made from the names, so that they are the same at every start.
 */
export function motoImages(): readonly Readonly<Record<string, unknown>>[] {
    return [...ecsImages(), ...otherImages()].map((image) => ({
        ami_id: `ami-0${createHash("sha256").update(image.name).digest("hex").slice(0, 16)}`,
        name: image.name,
        description: image.description,
        owner_id: image.ownerId,
        architecture: image.architecture,
        creation_date: `${image.date.slice(0, 4)}-${image.date.slice(4, 6)}-${image.date.slice(6)}T08:00:00.000Z`,
        public: true,
        state: "available",
        image_type: "machine",
        image_location: `amazon/${image.name}`,
        virtualization_type: "hvm",
        hypervisor: "xen",
        platform: null,
        root_device_type: "ebs",
        root_device_name: "/dev/sda1",
        sriov: "simple",
        boot_mode: "uefi-preferred",
    }));
}
