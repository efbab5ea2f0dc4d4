using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>The class descriptions that a file carries.</summary>
internal static class DescribedClasses
{
    public static List<StreamerInfo> Of(string path)
    {
        using var bytes = new FileBytes(path);
        var head = new byte[Math.Min(FileHeader.LargestSize, bytes.Length)];
        var records = new RecordReader(bytes);
        bytes.Read(0, head, records.At(0, ""));
        FileHeader header = FileHeader.Read(head, records.At(0, ""), bytes.Length);
        return [.. StreamerInfos.Read(records, header.InfoOffset, header.InfoBytes).All];
    }

    /// <summary>What two descriptions of a class must share, a line a member.</summary>
    public static string[] Members(StreamerInfo info) =>
        [.. info.Elements.Select(member => $"{member.ElementClass} {member.Name} {member.Type} {member.TypeName}")];
}
