import { counted, grown, level, type Content, type Rows } from '../content';
import type { Behave } from '../place';
import { during, steady, wave } from '../time/course';
import { befalls, windowsOf } from '../world/world';

const disks = [
  { device: 'sda', model: 'Simulated HDD 8TB', bytes: 8e12, rpm: 7_200, heat: 36, hours: 18_000 },
  { device: 'nvme0', model: 'Simulated SSD 1TB', bytes: 1e12, rpm: 0, heat: 41, hours: 9_000 },
] as const;

const day = 86_400;

/** Two disks: one that turns, one that does not. */
export const smartctlExporter: Behave = ({ world, host, key }) => {
  const each = (content: (disk: (typeof disks)[number]) => Content): Rows =>
    disks.map((disk) => [{ device: disk.device }, content(disk)]);
  const failing = windowsOf(world, 'disk-failing', host);
  const isFailing = (device: string, time: number): boolean =>
    device === disks[0].device && befalls(world, 'disk-failing', host, time);
  return {
    metrics: {
      smartctl_devices: disks.length,
      smartctl_device: disks.map(({ device, model }) => [
        {
          device,
          model_name: model,
          model_family: 'Simulated',
          serial_number: `SIM-${device}`,
          firmware_version: '1.0',
          interface: device === 'sda' ? 'sat' : 'nvme',
          protocol: device === 'sda' ? 'ATA' : 'NVMe',
          form_factor: '',
          ata_version: '',
          ata_additional_product_id: '',
          sata_version: '',
          scsi_product: '',
          scsi_revision: '',
          scsi_vendor: '',
          scsi_version: '',
        },
        1,
      ]),
      smartctl_device_attribute: (['raw', 'thresh', 'value', 'worst'] as const).flatMap((attribute_value_type) =>
        (
          [
            ['5', 'Reallocated_Sector_Ct'],
            ['197', 'Current_Pending_Sector'],
          ] as const
        ).map(
          ([attribute_id, attribute_name]) =>
            [
              {
                device: 'sda',
                attribute_id,
                attribute_name,
                attribute_value_type,
                attribute_flags_long: '',
                attribute_flags_short: '',
              },
              attribute_value_type === 'raw'
                ? (time: number) => (isFailing('sda', time) ? 48 : 0)
                : { thresh: 10, value: 100, worst: 100 }[attribute_value_type],
            ] as const,
        ),
      ),
      smartctl_device_smart_status: each(
        ({ device }) =>
          (time) =>
            Number(!isFailing(device, time)),
      ),
      smartctl_device_smartctl_exit_status: each(
        ({ device }) =>
          (time) =>
            isFailing(device, time) ? 8 : 0,
      ),
      smartctl_device_temperature: disks.map(({ device, heat }) => [
        { device, temperature_type: 'current' },
        level(wave(`${key} ${device}`, { mean: heat, day: 0.05, noise: 0.02 })),
      ]),
      smartctl_device_capacity_bytes: each(({ bytes }) => bytes),
      smartctl_device_capacity_blocks: each(({ bytes }) => bytes / 512),
      smartctl_device_nvme_capacity_bytes: [[{ device: 'nvme0' }, 1e12]],
      smartctl_device_rotation_rate: each(({ rpm }) => rpm),
      smartctl_device_power_on_seconds: each(({ hours }) => grown(hours * 3_600, day)),
      smartctl_device_power_cycle_count: each(() => 41),
      smartctl_device_bytes_read: each(() => grown(9e13, 1.2e6 * day)),
      smartctl_device_bytes_written: each(() => grown(6e13, 9e5 * day)),
      smartctl_device_percentage_used: [[{ device: 'nvme0' }, 4]],
      smartctl_device_available_spare: [[{ device: 'nvme0' }, 100]],
      smartctl_device_available_spare_threshold: [[{ device: 'nvme0' }, 10]],
      smartctl_device_critical_warning: [[{ device: 'nvme0' }, 0]],
      smartctl_device_media_errors: [[{ device: 'nvme0' }, counted(during(failing, steady(0), steady(0.01)))]],
      smartctl_device_num_err_log_entries: [[{ device: 'nvme0' }, 0]],
      smartctl_device_state: each(() => 0),
      smartctl_device_interface_speed: [
        [{ device: 'sda', speed_type: 'current' }, 6e9],
        [{ device: 'sda', speed_type: 'max' }, 6e9],
      ],
    },
  };
};
