using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;

namespace TauPipeline.Hdf5IO;

/// <summary>
/// What PureHDF 2.2.0 reads of a file and tells nobody: filters, the order of bytes, whether a type of variable length is text, the bytes
/// of an attribute, where a link leads. The one place of the house that looks behind a library's face, by reflection; the version is
/// pinned, and tests ask for each of these. To read them from the file ourselves would take object headers of both versions with their
/// continuations, shared messages, and attributes and links in fractal heaps: a second reader of the format, not a few bytes.
/// </summary>
internal static class Unstated
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<(Type, string), MemberInfo> Members = [];

    /// <summary>The filters of a dataset, in the order in which a writer applies them.</summary>
    public static IReadOnlyList<Hdf5Filter> Filters(NativeDataset dataset) => Of(dataset, "InternalFilterPipeline") is not { } pipeline
        ? []
        : [.. ((Array)Of(pipeline, "FilterDescriptions")!).Cast<object>().Select(Filter)];

    /// <summary>
    /// Where in the file the values of a contiguous dataset stand, end to end; <see langword="null"/> if they are not there: none was
    /// written, or they are in files of their own.
    /// </summary>
    public static long? Place(NativeDataset dataset)
    {
        object layout = Of(dataset, "InternalDataLayout")!;
        ulong address = (ulong)Of(layout.GetType().Name == "DataLayoutMessage12" ? layout : Of(layout, "Properties")!, "Address")!;
        ulong start = (ulong)Of(Of(Of(dataset, "Context")!, "Superblock")!, "BaseAddress")!;
        return address > long.MaxValue - start || Of(dataset, "InternalExternalFileList") is not null ? null : (long)(start + address);
    }

    /// <summary>
    /// The parts of a description that a type consists of, as a text: <c>ByteOrder = BigEndian</c>, <c>ExponentSize = 8</c>.
    /// </summary>
    public static string Description(IH5DataType type)
    {
        object message = Of(type, "_dataType")!;
        return $"{Of(message, "BitField")} {string.Join(' ', ((Array)Of(message, "Properties")!).Cast<object>())}";
    }

    /// <summary>Lengths of the axes of an array type.</summary>
    public static IReadOnlyList<uint> Lengths(IArrayType type) => (uint[])Of(Of(type, "_property")!, "DimensionSizes")!;

    /// <summary>The links by path that stand in a group's own header: names and paths.</summary>
    public static IReadOnlyDictionary<string, string> SoftLinks(NativeGroup group)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (object message in (System.Collections.IEnumerable)Of(Of(group, "Header")!, "HeaderMessages")!)
        {
            object link = Of(message, "Data")!;
            if (link.GetType().Name != "LinkMessage" || Of(link, "LinkInfo") is not { } target) continue;
            // PureHDF takes a link to another file without a path there for one of this file.
            string? path = target.GetType().Name switch
            {
                "SoftLinkInfo" => (string?)Of(target, "Value"),
                "ExternalLinkInfo" when string.IsNullOrWhiteSpace((string?)Of(target, "FullObjectPath")) => (string?)Of(target, "FilePath"),
                _ => null,
            };
            if (path is not null) links.TryAdd((string)Of(link, "LinkName")!, path);
        }
        return links;
    }

    /// <summary>The values of an attribute as they lie in the file.</summary>
    public static ReadOnlySpan<byte> Bytes(IH5Attribute attribute) => ((Memory<byte>)Of(Of(attribute, "Message")!, "InputData")!).Span;

    private static Hdf5Filter Filter(object description)
    {
        int id = (ushort)Of(description, "Identifier")!;
        string name = ((string?)Of(description, "Name") ?? "").TrimEnd('\0');
        return new Hdf5Filter(id, name.Length > 0 ? name : Hdf5Filter.NameOf(id), (uint[])Of(description, "ClientData")!);
    }

    private static object? Of(object owner, string name)
    {
        MemberInfo? member;
        lock (Members)
            if (!Members.TryGetValue((owner.GetType(), name), out member))
                Members[(owner.GetType(), name)] = member = (MemberInfo?)owner.GetType().GetProperty(name, Any)
                    ?? owner.GetType().GetField(name, Any)
                    ?? throw Hdf5Errors.OtherLibrary($"'{name}' in {owner.GetType().Name}");
        return member is PropertyInfo property ? property.GetValue(owner) : ((FieldInfo)member).GetValue(owner);
    }
}
