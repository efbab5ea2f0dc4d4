using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// Named tensors in the format of Hugging Face's safetensors: the length of the header (8 bytes, little-endian), the header (JSON: type,
/// shape and place of each tensor, and texts under <c>__metadata__</c>, filled with spaces to 8 bytes), the values.
/// </summary>
public static class SafetensorsFile
{
    private const int Aligned = 8;

    /// <summary>Writes the file: the same tensors give the same bytes.</summary>
    public static void Write(Stream to, TorchFile file)
    {
        var header = new Dictionary<string, object>();
        if (file.Texts.Count > 0) header["__metadata__"] = new SortedDictionary<string, string>(file.Texts.ToDictionary(), StringComparer.Ordinal);
        long at = 0;
        foreach (StoredTensor tensor in file.Tensors)
        {
            header.Add(tensor.Name, new Dictionary<string, object>
            {
                ["dtype"] = tensor.Type == ScalarType.Int64 ? "I64" : "F32",
                ["shape"] = tensor.Shape,
                ["data_offsets"] = new[] { at, at + tensor.Bytes.Length },
            });
            at += tensor.Bytes.Length;
        }
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        int padded = (json.Length + Aligned - 1) / Aligned * Aligned;
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        to.Write(length);
        to.Write(json);
        for (int i = json.Length; i < padded; i++) to.WriteByte((byte)' ');
        foreach (StoredTensor tensor in file.Tensors) to.Write(tensor.Bytes.Span);
    }
}
