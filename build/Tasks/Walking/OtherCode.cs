using System.Reflection.Metadata;
using System.Security.Cryptography;

namespace TauPipeline.Tasks;

/// <summary>
/// Code of a room that is not compiled into it (C++, scripts, style sheets), and the type whose users run it; stated by the room's
/// <c>[assembly: OtherCode(typeof(T), "files")]</c>.
/// </summary>
internal sealed record OtherCode(RoomType User, IReadOnlyList<CodeLine> Files)
{
    private const string Attribute = "OtherCodeAttribute";

    /// <summary>What the rooms state; files are given from the checkout's root, several divided by semicolons.</summary>
    /// <exception cref="UnfitCodeException">A type or file that is not there.</exception>
    public static IReadOnlyList<OtherCode> Of(Room room, string root) =>
        [
            .. room.Reader.GetAssemblyDefinition()
                .GetCustomAttributes()
                .Select(room.Reader.GetCustomAttribute)
                .Where(attribute => IsOurs(room, attribute))
                .Select(attribute => Read(room, attribute, root)),
        ];

    private static OtherCode Read(Room room, CustomAttribute attribute, string root)
    {
        // A prolog of two bytes, the type's name, the files.
        BlobReader value = room.Reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        string type = value.ReadSerializedString() ?? "", files = value.ReadSerializedString() ?? "";
        RoomType user = room.Find(type.Split(',')[0].Replace('+', '/'))
            ?? throw new UnfitCodeException($"{room.Name} states other code for {type}, which it does not have");
        return new OtherCode(
            user,
            [
                .. files.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .SelectMany(pattern => Lines(room, root, pattern)),
            ]);
    }

    private static IEnumerable<CodeLine> Lines(Room room, string root, string pattern)
    {
        string folder = Path.Combine(root, Path.GetDirectoryName(pattern)!);
        string[] found = Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(pattern)) : [];
        if (found.Length == 0) throw new UnfitCodeException($"{room.Name} states other code in {pattern}, where there is none");
        return found.Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Select(file => new CodeLine(
                $"file {file}",
                file,
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(root, file))))));
    }

    private static bool IsOurs(Room room, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && room.Reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
        && room.Reader.StringComparer.Equals(room.Reader.GetTypeReference((TypeReferenceHandle)type).Name, Attribute);
}
