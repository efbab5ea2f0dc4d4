using System.Security.Cryptography;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>Compares every dataset of numbers in files with what h5py reads, byte by byte.</summary>
internal static class H5pyBytes
{
    // A line a dataset or field: file, path, sha256 of the values in our memory's form. h5py has no LZ4 of its own: its chunks are
    // unpacked by liblz4.
    private const string Script = """
        import ctypes, glob, h5py, hashlib, numpy as np, os, struct, sys
        def lz4(raw):
            size, block = struct.unpack('>QI', raw[:12])
            out, at = b'', 12
            while len(out) < size:
                n = struct.unpack('>I', raw[at:at + 4])[0]
                want = min(block, size - len(out))
                part = raw[at + 4:at + 4 + n]
                if n < want:
                    to = ctypes.create_string_buffer(want)
                    assert ctypes.CDLL('liblz4.so.1').LZ4_decompress_safe(part, to, n, want) == want
                    part = to.raw
                out, at = out + part, at + 4 + n
            return out
        def values(d):
            if '32004' not in d._filters: return d[()]
            out = np.zeros(d.shape, d.dtype)
            for i in range(d.id.get_num_chunks()):
                at = d.id.get_chunk_info(i).chunk_offset
                mask, raw = d.id.read_direct_chunk(at)
                chunk = np.frombuffer(lz4(raw), d.dtype).reshape(d.chunks)
                to = tuple(slice(a, min(a + c, s)) for a, c, s in zip(at, d.chunks, d.shape))
                out[to] = chunk[tuple(slice(0, t.stop - t.start) for t in to)]
            return out
        def line(name, x):
            x = np.asarray(x)
            base = h5py.check_enum_dtype(x.dtype) and x.dtype.str or x.dtype
            x = x.astype(np.dtype(base).newbyteorder('<')) if x.dtype != np.float16 and x.dtype.newbyteorder('<') != np.dtype('<f2') else x.astype('<f4')
            print(name, hashlib.sha256(np.ascontiguousarray(x).tobytes()).hexdigest())
        def numbers(t): return t.kind in 'biuf'
        def look(path, d):
            if not isinstance(d, h5py.Dataset) or d.shape is None: return
            t = d.dtype
            if t.names is None and not numbers(t): return
            x = values(d)
            if t.names is None: line('/' + path, x)
            else:
                for n in t.names:
                    if numbers(t[n].base): line('/' + path + '.' + n, x[n])
        for file in sys.argv[1:]:
            print('file', file)
            with h5py.File(file, 'r') as f: f.visititems(look)
        """;

    /// <summary>Reads all datasets of these files with both; fails at the first difference.</summary>
    /// <param name="files">The files.</param>
    /// <param name="except">Paths of ours that h5py leaves out.</param>
    /// <returns>How many datasets and fields were compared.</returns>
    public static int ShouldBeOurs(IReadOnlyList<string> files, params string[] except)
    {
        Dictionary<string, List<string>> expected = [];
        foreach (string line in Hdf5Scratch.Script(Script, files).Split('\n'))
        {
            if (line.StartsWith("file ", StringComparison.Ordinal)) expected.Add(line[5..], []);
            else expected[expected.Keys.Last()].Add(line);
        }
        foreach (string file in files)
            Ours(file)
                .Where(line => !except.Contains(line.Split(' ')[0]))
                .Order(StringComparer.Ordinal)
                .ShouldBe(expected[file].Order(StringComparer.Ordinal), file);
        return expected.Values.Sum(lines => lines.Count);
    }

    private static IEnumerable<string> Ours(string path)
    {
        using Hdf5File file = Hdf5File.Open(path);
        foreach (Hdf5Object found in file.Inspect().Where(one => one.Kind == "dataset"))
        {
            using Hdf5Dataset dataset = file.Dataset(found.Path);
            if (found.Type!.Column is not null)
                yield return $"{found.Path} {Hash(dataset, (first, rows) => dataset.ReadColumn(first, rows))}";
            foreach (Hdf5Field field in found.Type.Fields.Where(field => field.Type.Column is not null))
                yield return $"{found.Path}.{field.Name} {Hash(dataset, (first, rows) => dataset.ReadFields(first, rows, [field.Name])[0])}";
        }
    }

    // In pieces, so that chunks are entered in their middle.
    private static string Hash(Hdf5Dataset dataset, Func<long, int, Column> read)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int piece = (int)Math.Max(1, dataset.Rows * 3 / 7);
        for (long first = 0; first < dataset.Rows; first += piece)
            hash.AppendData(read(first, (int)Math.Min(piece, dataset.Rows - first)).Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
