# Jets and tracks as ATLAS's training files hold them: make-upp-sample.py MOCK-FOLDER OUT-FOLDER JETS
# Rows of the mock files, with every float shaken so that none comes twice; eight files, five of ttbar and three of zprime.
import sys

import h5py
import numpy as np

mock, out, total = sys.argv[1], sys.argv[2], int(sys.argv[3])
FILES, SLOTS, BLOCK = 8, 5, 50_000
pool = {
    name: [np.concatenate([h5py.File(f"{mock}/{file}", "r")[table][:] for file in files]) for table in ("jets", "tracks")]
    for name, files in {"ttbar": ["data1.h5", "data2.h5"], "zprime": ["data3.h5"]}.items()
}
random = np.random.default_rng(1)
event = 0
for number in range(FILES):
    name = "ttbar" if number < 5 else "zprime"
    jets, tracks = pool[name][0], pool[name][1].reshape(-1)
    rows = total // FILES
    with h5py.File(f"{out}/{name}{number}.h5", "w") as file:
        written = [file.create_dataset("jets", (rows,), jets.dtype), file.create_dataset("tracks", (rows, SLOTS), tracks.dtype)]
        for first in range(0, rows, BLOCK):
            count = min(BLOCK, rows - first)
            made = [jets[random.integers(0, len(jets), count)], tracks[random.integers(0, len(tracks), (count, SLOTS))]]
            for records in made:
                for field in records.dtype.names:
                    if records.dtype[field].kind == "f":
                        records[field] *= 1 + 0.01 * random.standard_normal(records.shape, dtype="f4")
            made[0]["eta"] = np.clip(made[0]["eta"], -2.6, 2.6)
            made[1]["pt_frac"] = random.random(made[1].shape, dtype="f4")
            made[0]["eventNumber"] = np.arange(event, event + count)
            event += count
            for dataset, records in zip(written, made):
                dataset[first : first + count] = records
