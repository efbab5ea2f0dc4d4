using System.Runtime.InteropServices;
using System.Text;
using TauPipeline.Hdf5IO.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>Strings as attributes: written with variable length in UTF-8, which h5py reads as <c>str</c>; read in any form.</summary>
internal static class AttributeText
{
    private const int Utf8 = 1;

    /// <summary>Strings ready to be written, as one value or as a row of values.</summary>
    public static AttributeValue Native(IReadOnlyList<string> texts, bool isRow)
    {
        using var gate = Hdf5Library.Enter();
        var type = new Hdf5Id(H5.H5Tcopy(Hdf5Library.Current.CString));
        _ = H5.H5Tset_size(type, H5.Variable);
        _ = H5.H5Tset_cset(type, Utf8);
        ulong[] shape = [(ulong)texts.Count];
        var space = new Hdf5Id(isRow ? H5.H5Screate_simple(1, shape, shape) : H5.H5Screate(0));
        nint[] pointers = [.. texts.Select(Marshal.StringToCoTaskMemUTF8)];
        return new AttributeValue(type, space, MemoryMarshal.AsBytes<nint>(pointers).ToArray(), () => Array.ForEach(pointers, Marshal.FreeCoTaskMem));
    }

    /// <summary>The strings of an open attribute.</summary>
    public static IReadOnlyList<string> Read(Hdf5Id attribute, Hdf5Type type, Hdf5Place at)
    {
        if (type.Name != "string") throw Hdf5Errors.OtherType(at, "strings", type.Name);
        int count = AttributeValue.Count(attribute, at);
        if (count == 0) return [];
        using Hdf5Id fileType = at.Own(H5.H5Aget_type(attribute));
        if (!type.IsPlain) return ReadVariable(attribute, fileType, count, at);
        var bytes = new byte[checked(count * type.Size)];
        at.Check(H5.H5Aread(attribute, fileType, bytes));
        return [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetString(bytes, i * type.Size, type.Size).TrimEnd('\0'))];
    }

    private static string[] ReadVariable(Hdf5Id attribute, Hdf5Id type, int count, Hdf5Place at)
    {
        var pointers = new nint[count];
        using Hdf5Id space = at.Own(H5.H5Aget_space(attribute));
        at.Check(H5.H5Aread(attribute, type, MemoryMarshal.AsBytes(pointers.AsSpan())));
        try { return Array.ConvertAll(pointers, pointer => Marshal.PtrToStringUTF8(pointer) ?? ""); }
        finally { _ = H5.H5Dvlen_reclaim(type, space, 0, pointers); }
    }
}
