import fs from "node:fs";
import path from "node:path";
import { everySuseImage, hiddenImageIds, imageId } from "./catalogue";
import type { CatalogueImage } from "./catalogue";

/** SUSE's account for images on commercial AWS. Source: DescribeImages answers quoted in SUSE's own tools. */
const suseOwnerId = "013907871322";

type Seed = Pick<CatalogueImage, "name" | "id" | "description" | "architecture" | "publishedOn"> & {
    readonly ownerId: string;
};

const amazonLinux: Seed = {
    name: "al2023-ami-ecs-hvm-2023.0.20260930-kernel-6.1-x86_64",
    id: imageId("al2023-ami-ecs-hvm-2023.0.20260930-kernel-6.1-x86_64"),
    description: "Amazon Linux AMI 2023 x86_64 ECS HVM EBS",
    ownerId: "591542846629",
    architecture: "x86_64",
    publishedOn: "20260930",
};

/** The files by which moto knows the images. */
export function imageFiles(directory: string): { readonly all: string; readonly hidden: string } {
    return { all: path.join(directory, "images.json"), hidden: path.join(directory, "images-hidden.json") };
}

/** Tells moto which of all images are not there on a day. moto reads it at every look at the images. */
export function hideImages(directory: string, day: string): void {
    const { hidden } = imageFiles(directory);
    fs.writeFileSync(`${hidden}.tmp`, JSON.stringify(hiddenImageIds(day)));
    fs.renameSync(`${hidden}.tmp`, hidden);
}

/** Every image that EC2 ever has, in the form that moto reads (MOTO_AMIS_PATH); it gives all the owner alias `amazon`. */
export function motoImages(): readonly Readonly<Record<string, unknown>>[] {
    return [...everySuseImage().map((image) => ({ ...image, ownerId: suseOwnerId })), amazonLinux].map(
        (image: Seed) => ({
            ami_id: image.id,
            name: image.name,
            description: image.description,
            owner_id: image.ownerId,
            architecture: image.architecture,
            creation_date: image.publishedOn.replace(/^(....)(..)(..)$/, "$1-$2-$3T08:00:00.000Z"),
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
        }),
    );
}
