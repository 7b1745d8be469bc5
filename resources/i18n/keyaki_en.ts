<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Acts</name>
    <message>
        <source>Approved. The teacher can begin the take-out.</source>
        <translation>Approved. The teacher can begin the take-out.</translation>
    </message>
    <message>
        <source>Declined. The teacher reads the reason.</source>
        <translation>Declined. The teacher reads the reason.</translation>
    </message>
    <message>
        <source>Ended. The PC hears it when it next reaches the school.</source>
        <translation>Ended. The PC hears it when it next reaches the school.</translation>
    </message>
    <message>
        <source>Returned. Thank you. Your other classes are being loaded.</source>
        <translation>Returned. Thank you. Your other classes are being loaded.</translation>
    </message>
    <message>
        <source>The request was taken back.</source>
        <translation>The request was taken back.</translation>
    </message>
    <message>
        <source>The take-out has begun. This PC keeps only these classes.</source>
        <translation>The take-out has begun. This PC keeps only these classes.</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Changes were kept on this PC that may not have reached the school.</source>
        <translation>Changes were kept on this PC that may not have reached the school.</translation>
    </message>
    <message>
        <source>Check and restore</source>
        <translation>Check and restore</translation>
    </message>
    <message>
        <source>Keyaki</source>
        <translation>Keyaki</translation>
    </message>
</context>
<context>
    <name>AskPin</name>
    <message numerus="yes">
        <source>%n change(s) wait to be sent.</source>
        <translation>
            <numerusform>%n change waits to be sent.</numerusform>
            <numerusform>%n changes wait to be sent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Forgot the PIN</source>
        <translation>Forgot the PIN</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>PIN of this PC</source>
        <translation>PIN of this PC</translation>
    </message>
    <message>
        <source>Teacher without a name yet</source>
        <translation>Teacher without a name yet</translation>
    </message>
</context>
<context>
    <name>AttendancePage</name>
    <message>
        <source>Attendance</source>
        <translation>Attendance</translation>
    </message>
    <message>
        <source>No class to take</source>
        <translation>No class to take</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Roll call</source>
        <translation>Roll call</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</translation>
    </message>
    <message>
        <source>The classes you are in charge of appear here once the school has entered your duties.</source>
        <translation>The classes you are in charge of appear here once the school has entered your duties.</translation>
    </message>
    <message>
        <source>This class is being loaded</source>
        <translation>This class is being loaded</translation>
    </message>
    <message>
        <source>This day cannot be taken here, or not yet.</source>
        <translation>This day cannot be taken here, or not yet.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>AttendanceSource</name>
    <message>
        <source>Attendance {name}</source>
        <translation>Attendance {name}</translation>
    </message>
    <message>
        <source>Nobody has said yet who is here today.</source>
        <translation>Nobody has said yet who is here today.</translation>
    </message>
    <message>
        <source>Not taken yet</source>
        <translation>Not taken yet</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>Take attendance</translation>
    </message>
    <message>
        <source>This is not the same as all present.</source>
        <translation>This is not the same as all present.</translation>
    </message>
    <message numerus="yes">
        <source>pupil(s)</source>
        <translation>
            <numerusform>pupil</numerusform>
            <numerusform>pupils</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BeginAnew</name>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Set up this PC anew?</source>
        <translation>Set up this PC anew?</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Sign in with the browser</translation>
    </message>
    <message>
        <source>You sign in and choose a new PIN, and the records come from the school again. Nothing here is deleted: what was saved and not sent yet is in a sealed copy that only the school can read, and you decide what of it is restored.</source>
        <translation>You sign in and choose a new PIN, and the records come from the school again. Nothing here is deleted: what was saved and not sent yet is in a sealed copy that only the school can read, and you decide what of it is restored.</translation>
    </message>
</context>
<context>
    <name>BookEntry</name>
    <message numerus="yes">
        <source>%n value(s) taken over.</source>
        <translation>
            <numerusform>%n value taken over.</numerusform>
            <numerusform>%n values taken over.</numerusform>
        </translation>
    </message>
    <message>
        <source>Lists are pasted into the scores. Here every value is a decision.</source>
        <translation>Lists are pasted into the scores. Here every value is a decision.</translation>
    </message>
    <message>
        <source>No cell is blank.</source>
        <translation>No cell is blank.</translation>
    </message>
    <message>
        <source>Nothing here needs a decision.</source>
        <translation>Nothing here needs a decision.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>There is nothing to redo.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>There is nothing to undo.</translation>
    </message>
</context>
<context>
    <name>BookTable</name>
    <message>
        <source>&quot;{column}&quot; takes {values}. &quot;{text}&quot; cannot be entered.</source>
        <translation>&quot;{column}&quot; takes {values}. &quot;{text}&quot; cannot be entered.</translation>
    </message>
    <message>
        <source>/</source>
        <translation>/</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>By rule</source>
        <translation>By rule</translation>
    </message>
    <message>
        <source>By the rule</source>
        <translation>By the rule</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Only the teachers of this course decide its values.</source>
        <translation>Only the teachers of this course decide its values.</translation>
    </message>
    <message>
        <source>Overall grade</source>
        <translation>Overall grade</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Spread</translation>
    </message>
    <message>
        <source>There is no overall grade in this pupil&apos;s year.</source>
        <translation>There is no overall grade in this pupil&apos;s year.</translation>
    </message>
    <message>
        <source>This pupil has left the class. Values stay as they were.</source>
        <translation>This pupil has left the class. Values stay as they were.</translation>
    </message>
    <message>
        <source>This subject is not taught in this year, so nothing is graded.</source>
        <translation>This subject is not taught in this year, so nothing is graded.</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>To check</translation>
    </message>
    <message>
        <source>With the trial</source>
        <translation>With the trial</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>by hand</translation>
    </message>
    <message>
        <source>computed value has changed since</source>
        <translation>computed value has changed since</translation>
    </message>
    <message>
        <source>differs, no reason yet</source>
        <translation>differs, no reason yet</translation>
    </message>
    <message>
        <source>grade unusual for these letters</source>
        <translation>grade unusual for these letters</translation>
    </message>
    <message>
        <source>graded with a blank viewpoint</source>
        <translation>graded with a blank viewpoint</translation>
    </message>
    <message>
        <source>highest and lowest mark together</source>
        <translation>highest and lowest mark together</translation>
    </message>
    <message>
        <source>no evidence</source>
        <translation>no evidence</translation>
    </message>
    <message>
        <source>some viewpoints are blank</source>
        <translation>some viewpoints are blank</translation>
    </message>
</context>
<context>
    <name>BulkButton</name>
    <message>
        <source>Decide several</source>
        <translation>Decide several</translation>
    </message>
    <message>
        <source>Take the values now</source>
        <translation>Take the values now</translation>
    </message>
    <message>
        <source>Take what came later</source>
        <translation>Take what came later</translation>
    </message>
    <message>
        <source>Take what is not blank</source>
        <translation>Take what is not blank</translation>
    </message>
</context>
<context>
    <name>BulkPreview</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Decide several</source>
        <translation>Decide several</translation>
    </message>
    <message numerus="yes">
        <source>Settle %n field(s)</source>
        <translation>
            <numerusform>Settle %n field</numerusform>
            <numerusform>Settle %n fields</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the values now</source>
        <translation>Take the values now</translation>
    </message>
    <message>
        <source>Take what came later</source>
        <translation>Take what came later</translation>
    </message>
    <message>
        <source>Take what is not blank</source>
        <translation>Take what is not blank</translation>
    </message>
    <message>
        <source>This is one act. All values stay in the history.</source>
        <translation>This is one act. All values stay in the history.</translation>
    </message>
</context>
<context>
    <name>BulkTable</name>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>Value now</translation>
    </message>
    <message>
        <source>Value that arrived</source>
        <translation>Value that arrived</translation>
    </message>
    <message>
        <source>left to you</source>
        <translation>left to you</translation>
    </message>
</context>
<context>
    <name>CaseColumn</name>
    <message>
        <source>Fields that only one side changed were put together. All of it is in the history.</source>
        <translation>Fields that only one side changed were put together. All of it is in the history.</translation>
    </message>
</context>
<context>
    <name>CaseTable</name>
    <message>
        <source>Asked of you</source>
        <translation>Asked of you</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>asked {who}</source>
        <translation>asked {who}</translation>
    </message>
    <message>
        <source>changed together</source>
        <translation>changed together</translation>
    </message>
    <message>
        <source>from {who}</source>
        <translation>from {who}</translation>
    </message>
</context>
<context>
    <name>CellActs</name>
    <message>
        <source>&quot;{value}&quot; is restored.</source>
        <translation>&quot;{value}&quot; is restored.</translation>
    </message>
    <message numerus="yes">
        <source>%n pupil(s) copied, with their ids.</source>
        <translation>
            <numerusform>%n pupil copied, with the id.</numerusform>
            <numerusform>%n pupils copied, with their ids.</numerusform>
        </translation>
    </message>
    <message>
        <source>A note is written beside a score. Enter one first.</source>
        <translation>A note is written beside a score. Enter one first.</translation>
    </message>
    <message>
        <source>The cell is blank again.</source>
        <translation>The cell is blank again.</translation>
    </message>
</context>
<context>
    <name>CellSide</name>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Being saved</source>
        <translation>Being saved</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Decide</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Not sent yet</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Official spelling differs</source>
        <translation>Official spelling differs</translation>
    </message>
    <message>
        <source>Pupil after</source>
        <translation>Pupil after</translation>
    </message>
    <message>
        <source>Pupil before</source>
        <translation>Pupil before</translation>
    </message>
    <message>
        <source>Same unit</source>
        <translation>Same unit</translation>
    </message>
    <message>
        <source>Saved, no backup copy</source>
        <translation>Saved, no backup copy</translation>
    </message>
    <message>
        <source>This cell</source>
        <translation>This cell</translation>
    </message>
    <message>
        <source>Value before</source>
        <translation>Value before</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>Value now</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>in this class until {day}</source>
        <translation>in this class until {day}</translation>
    </message>
    <message>
        <source>out of {points}</source>
        <translation>out of {points}</translation>
    </message>
    <message>
        <source>{title} over the term</source>
        <translation>{title} over the term</translation>
    </message>
</context>
<context>
    <name>ChangePin</name>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>Change the PIN</translation>
    </message>
    <message numerus="yes">
        <source>New PIN, at least %n characters</source>
        <translation>
            <numerusform>New PIN, at least %n character</numerusform>
            <numerusform>New PIN, at least %n characters</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN of now</source>
        <translation>PIN of now</translation>
    </message>
    <message>
        <source>The new PIN opens this PC alone.</source>
        <translation>The new PIN opens this PC alone.</translation>
    </message>
    <message>
        <source>The new one once more</source>
        <translation>The new one once more</translation>
    </message>
    <message>
        <source>The two lines are not the same.</source>
        <translation>The two lines are not the same.</translation>
    </message>
    <message>
        <source>This is the PIN of now.</source>
        <translation>This is the PIN of now.</translation>
    </message>
</context>
<context>
    <name>ChoosePin</name>
    <message numerus="yes">
        <source>At least %n characters</source>
        <translation>
            <numerusform>At least %n character</numerusform>
            <numerusform>At least %n characters</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Choose a PIN for this PC</source>
        <translation>Choose a PIN for this PC</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>The same once more</translation>
    </message>
    <message>
        <source>The two lines are not the same.</source>
        <translation>The two lines are not the same.</translation>
    </message>
    <message>
        <source>Use this PIN</source>
        <translation>Use this PIN</translation>
    </message>
    <message>
        <source>You will type it whenever Keyaki starts here. It is not the password of your account, and nobody can look it up.</source>
        <translation>You will type it whenever Keyaki starts here. It is not the password of your account, and nobody can look it up.</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>After</source>
        <translation>After</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Month</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>Seats</translation>
    </message>
    <message>
        <source>View</source>
        <translation>View</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Year</translation>
    </message>
</context>
<context>
    <name>ClassesCard</name>
    <message numerus="yes">
        <source>%n pupil(s)</source>
        <translation>
            <numerusform>%n pupil</numerusform>
            <numerusform>%n pupils</numerusform>
        </translation>
    </message>
    <message>
        <source>Attendance</source>
        <translation>Attendance</translation>
    </message>
    <message>
        <source>My classes</source>
        <translation>My classes</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>Roster</translation>
    </message>
</context>
<context>
    <name>ColumnActs</name>
    <message>
        <source>&quot;{title}&quot; is closed.</source>
        <translation>&quot;{title}&quot; is closed.</translation>
    </message>
    <message>
        <source>&quot;{title}&quot; is open again.</source>
        <translation>&quot;{title}&quot; is open again.</translation>
    </message>
    <message>
        <source>&quot;{title}&quot; was removed.</source>
        <translation>&quot;{title}&quot; was removed.</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) need your decision before this can be closed.</source>
        <translation>
            <numerusform>%n cell needs your decision before this can be closed.</numerusform>
            <numerusform>%n cells need your decision before this can be closed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n score(s) will be removed with it.</source>
        <translation>
            <numerusform>%n score will be removed with it.</numerusform>
            <numerusform>%n scores will be removed with it.</numerusform>
        </translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Add</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>Add a column</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>Change the column</source>
        <translation>Change the column</translation>
    </message>
    <message numerus="yes">
        <source>It has %n column(s), one for each viewpoint.</source>
        <translation>
            <numerusform>It has %n column, one for each viewpoint.</numerusform>
            <numerusform>It has %n columns, one for each viewpoint.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Remove &quot;{title}&quot;?</source>
        <translation>Remove &quot;{title}&quot;?</translation>
    </message>
    <message>
        <source>Somebody has changed this column meanwhile. Close this and look again.</source>
        <translation>Somebody has changed this column meanwhile. Close this and look again.</translation>
    </message>
    <message>
        <source>Somebody has changed this column meanwhile. Nothing was removed.</source>
        <translation>Somebody has changed this column meanwhile. Nothing was removed.</translation>
    </message>
    <message>
        <source>This can be undone.</source>
        <translation>This can be undone.</translation>
    </message>
    <message>
        <source>This column is closed. Open it again before changing it.</source>
        <translation>This column is closed. Open it again before changing it.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>ColumnSide</name>
    <message>
        <source>Blank</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mean</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Range</translation>
    </message>
    <message>
        <source>This column</source>
        <translation>This column</translation>
    </message>
</context>
<context>
    <name>ColumnTable</name>
    <message>
        <source>{column} blank</source>
        <translation>{column} blank</translation>
    </message>
</context>
<context>
    <name>ComparisonCard</name>
    <message>
        <source>Check everything now</source>
        <translation>Check everything now</translation>
    </message>
    <message numerus="yes">
        <source>Checked {time}: %n record(s) differed and were put right. What you entered was not touched.</source>
        <translation>
            <numerusform>Checked {time}: %n record differed and was put right. What you entered was not touched.</numerusform>
            <numerusform>Checked {time}: %n records differed and were put right. What you entered was not touched.</numerusform>
        </translation>
    </message>
    <message>
        <source>Checked {time}: every record on this PC is the same as at the school.</source>
        <translation>Checked {time}: every record on this PC is the same as at the school.</translation>
    </message>
    <message>
        <source>Every record on this PC is being checked against the school&apos;s…</source>
        <translation>Every record on this PC is being checked against the school&apos;s…</translation>
    </message>
    <message>
        <source>Everything is checked as soon as the school can be reached.</source>
        <translation>Everything is checked as soon as the school can be reached.</translation>
    </message>
    <message>
        <source>Records on this PC</source>
        <translation>Records on this PC</translation>
    </message>
    <message>
        <source>The records on this PC have not been checked against the school&apos;s yet.</source>
        <translation>The records on this PC have not been checked against the school&apos;s yet.</translation>
    </message>
    <message>
        <source>This is done by itself once a day.</source>
        <translation>This is done by itself once a day.</translation>
    </message>
</context>
<context>
    <name>Conflicts</name>
    <message>
        <source>Nobody had entered one</source>
        <translation>Nobody had entered one</translation>
    </message>
    <message>
        <source>Original value</source>
        <translation>Original value</translation>
    </message>
    <message>
        <source>The other change</source>
        <translation>The other change</translation>
    </message>
    <message>
        <source>The same field was changed on another PC ({time}, {pc}). Please choose one. Both stay in the history.</source>
        <translation>The same field was changed on another PC ({time}, {pc}). Please choose one. Both stay in the history.</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>This PC</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>Value now</translation>
    </message>
    <message>
        <source>You asked {who} to settle this.</source>
        <translation>You asked {who} to settle this.</translation>
    </message>
    <message>
        <source>as the school has it</source>
        <translation>as the school has it</translation>
    </message>
    <message>
        <source>before both changes</source>
        <translation>before both changes</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>deleted</translation>
    </message>
    <message>
        <source>differences are underlined</source>
        <translation>differences are underlined</translation>
    </message>
    <message>
        <source>the school&apos;s server</source>
        <translation>the school&apos;s server</translation>
    </message>
    <message>
        <source>this PC: {name}</source>
        <translation>this PC: {name}</translation>
    </message>
    <message>
        <source>up to {max}</source>
        <translation>up to {max}</translation>
    </message>
    <message>
        <source>{by} asked you to settle this.</source>
        <translation>{by} asked you to settle this.</translation>
    </message>
    <message>
        <source>{by} asked {who} to settle this.</source>
        <translation>{by} asked {who} to settle this.</translation>
    </message>
    <message>
        <source>{field} ({day})</source>
        <translation>{field} ({day})</translation>
    </message>
    <message>
        <source>{name} (you)</source>
        <translation>{name} (you)</translation>
    </message>
    <message>
        <source>{who} also changed this field ({time}, {pc}). Please choose one. Both stay in the history.</source>
        <translation>{who} also changed this field ({time}, {pc}). Please choose one. Both stay in the history.</translation>
    </message>
    <message>
        <source>{who} was asked to settle this, and may not any more. Please ask somebody else.</source>
        <translation>{who} was asked to settle this, and may not any more. Please ask somebody else.</translation>
    </message>
</context>
<context>
    <name>ConflictsPage</name>
    <message numerus="yes">
        <source>%n field(s) settled. All values stay in the history.</source>
        <translation>
            <numerusform>%n field settled. All values stay in the history.</numerusform>
            <numerusform>%n fields settled. All values stay in the history.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message>
        <source>A sentence without names and values was copied.</source>
        <translation>A sentence without names and values was copied.</translation>
    </message>
    <message>
        <source>About {place}, {field}: two values were entered. May I ask you which one is right?</source>
        <translation>About {place}, {field}: two values were entered. May I ask you which one is right?</translation>
    </message>
    <message>
        <source>Choose 1, 2 or 3 first.</source>
        <translation>Choose 1, 2 or 3 first.</translation>
    </message>
    <message>
        <source>Nobody is asked to settle this any more.</source>
        <translation>Nobody is asked to settle this any more.</translation>
    </message>
    <message>
        <source>Nothing needs a decision</source>
        <translation>Nothing needs a decision</translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation>Open the sheet</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>When two people change the same field, both values are kept and shown here.</source>
        <translation>When two people change the same field, both values are kept and shown here.</translation>
    </message>
    <message>
        <source>You asked {who} to settle this.</source>
        <translation>You asked {who} to settle this.</translation>
    </message>
    <message>
        <source>{name}: settled. Both values stay in the history.</source>
        <translation>{name}: settled. Both values stay in the history.</translation>
    </message>
    <message>
        <source>{who} settled this field. Your value is in the history.</source>
        <translation>{who} settled this field. Your value is in the history.</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n change(s) cannot be read.</source>
        <translation>
            <numerusform>%n change cannot be read.</numerusform>
            <numerusform>%n changes cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not accepted</source>
        <translation>
            <numerusform>%n change not accepted</numerusform>
            <numerusform>%n changes not accepted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) waiting to be sent</source>
        <translation>
            <numerusform>%n change waiting to be sent</numerusform>
            <numerusform>%n changes waiting to be sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed by others too</source>
        <translation>
            <numerusform>%n changed by others too</numerusform>
            <numerusform>%n changed by others too</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) need your decision</source>
        <translation>
            <numerusform>%n field needs your decision</numerusform>
            <numerusform>%n fields need your decision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be deleted</source>
        <translation>
            <numerusform>%n file could not be deleted</numerusform>
            <numerusform>%n files could not be deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept record(s) are of a store that the school does not know and cannot read.</source>
        <translation>
            <numerusform>%n kept record is of a store that the school does not know and cannot read.</numerusform>
            <numerusform>%n kept records are of a store that the school does not know and cannot read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept; all are destroyed when the PC is blocked or reported lost</source>
        <translation>
            <numerusform>%n kept; it is destroyed when the PC is blocked or reported lost</numerusform>
            <numerusform>%n kept; all are destroyed when the PC is blocked or reported lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older one(s) follow when these have been seen.</source>
        <translation>
            <numerusform>%n older one follows when these have been seen.</numerusform>
            <numerusform>%n older ones follow when these have been seen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Around {time}, %n change(s) cannot be read.</source>
        <translation>
            <numerusform>Around {time}, %n change cannot be read.</numerusform>
            <numerusform>Around {time}, %n changes cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Between {after} and {before}, %n change(s) cannot be read.</source>
        <translation>
            <numerusform>Between {after} and {before}, %n change cannot be read.</numerusform>
            <numerusform>Between {after} and {before}, %n changes cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline (saved on this PC; %n change(s) will be sent once connected)</source>
        <translation>
            <numerusform>Offline (saved on this PC; %n change will be sent once connected)</numerusform>
            <numerusform>Offline (saved on this PC; %n changes will be sent once connected)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Receiving records… (%n part(s) to go)</source>
        <translation>
            <numerusform>Receiving records… (%n part to go)</numerusform>
            <numerusform>Receiving records… (%n parts to go)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved, no backup copy (%n change(s))</source>
        <translation>
            <numerusform>Saved, no backup copy (%n change)</numerusform>
            <numerusform>Saved, no backup copy (%n changes)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sign-in needed (%n change(s) waiting)</source>
        <translation>
            <numerusform>Sign-in needed (%n change waiting)</numerusform>
            <numerusform>Sign-in needed (%n changes waiting)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{field} and %n more</source>
        <translation>
            <numerusform>{field} and %n more</numerusform>
            <numerusform>{field} and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{place}: %n value(s)</source>
        <translation>
            <numerusform>{place}: %n value</numerusform>
            <numerusform>{place}: %n values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{value} and %n more</source>
        <translation>
            <numerusform>{value} and %n more</numerusform>
            <numerusform>{value} and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>Locked</source>
        <translation>Locked</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Copy the details</source>
        <translation>Copy the details</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>Something unexpected happened</translation>
    </message>
</context>
<context>
    <name>DayNotice</name>
    <message>
        <source>Attendance for {room} has not been taken yet. (This is not &quot;all present&quot;.)</source>
        <translation>Attendance for {room} has not been taken yet. (This is not &quot;all present&quot;.)</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>Take attendance</translation>
    </message>
</context>
<context>
    <name>DaysCard</name>
    <message>
        <source>Attendance</source>
        <translation>Attendance</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Term</translation>
    </message>
    <message>
        <source>the class teacher and who takes attendance</source>
        <translation>the class teacher and who takes attendance</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Ask them</source>
        <translation>Ask them</translation>
    </message>
    <message>
        <source>Give it back</source>
        <translation>Give it back</translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation>Open the sheet</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Take it back</translation>
    </message>
</context>
<context>
    <name>DecisionSide</name>
    <message>
        <source>Decide</source>
        <translation>Decide</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decision</translation>
    </message>
    <message>
        <source>No cut-offs are set for this course.</source>
        <translation>No cut-offs are set for this course.</translation>
    </message>
    <message>
        <source>No score counts yet, so nothing is computed.</source>
        <translation>No score counts yet, so nothing is computed.</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>Not rated because</source>
        <translation>Not rated because</translation>
    </message>
    <message>
        <source>On this PC</source>
        <translation>On this PC</translation>
    </message>
    <message>
        <source>Pupil after</source>
        <translation>Pupil after</translation>
    </message>
    <message>
        <source>Pupil before</source>
        <translation>Pupil before</translation>
    </message>
    <message>
        <source>Reason for another value</source>
        <translation>Reason for another value</translation>
    </message>
    <message>
        <source>Save reason</source>
        <translation>Save reason</translation>
    </message>
    <message>
        <source>This course has no grading rule yet, so nothing is computed.</source>
        <translation>This course has no grading rule yet, so nothing is computed.</translation>
    </message>
    <message>
        <source>as computed</source>
        <translation>as computed</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>by hand</translation>
    </message>
    <message>
        <source>emptied</source>
        <translation>emptied</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>not chosen</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>not decided</translation>
    </message>
    <message>
        <source>what was not handed in counts as nothing reached</source>
        <translation>what was not handed in counts as nothing reached</translation>
    </message>
    <message>
        <source>what was not handed in does not count</source>
        <translation>what was not handed in does not count</translation>
    </message>
    <message>
        <source>{best} from {a}%, {middle} from {b}%; {rest}</source>
        <translation>{best} from {a}%, {middle} from {b}%; {rest}</translation>
    </message>
    <message>
        <source>{letters}: no grade follows yet</source>
        <translation>{letters}: no grade follows yet</translation>
    </message>
    <message>
        <source>{letters}: {value} (usual: {allowed})</source>
        <translation>{letters}: {value} (usual: {allowed})</translation>
    </message>
    <message>
        <source>{percent}% of what counts: {value}</source>
        <translation>{percent}% of what counts: {value}</translation>
    </message>
    <message>
        <source>{value}, as computed</source>
        <translation>{value}, as computed</translation>
    </message>
    <message>
        <source>{value}, by hand</source>
        <translation>{value}, by hand</translation>
    </message>
    <message>
        <source>{value}, by hand (computed then: {was})</source>
        <translation>{value}, by hand (computed then: {was})</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message numerus="yes">
        <source>%n change(s) are not sent yet. They are saved on this PC.</source>
        <translation>
            <numerusform>%n change is not sent yet. It is saved on this PC.</numerusform>
            <numerusform>%n changes are not sent yet. They are saved on this PC.</numerusform>
        </translation>
    </message>
    <message>
        <source>Already saved ({time}).</source>
        <translation>Already saved ({time}).</translation>
    </message>
    <message numerus="yes">
        <source>Already saved ({time}). %n change(s) will be sent once connected.</source>
        <translation>
            <numerusform>Already saved ({time}). %n change will be sent once connected.</numerusform>
            <numerusform>Already saved ({time}). %n changes will be sent once connected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Already saved ({time}). Sending the %n waiting change(s).</source>
        <translation>
            <numerusform>Already saved ({time}). Sending the %n waiting change.</numerusform>
            <numerusform>Already saved ({time}). Sending the %n waiting changes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Keyaki</source>
        <translation>Keyaki</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>Quit now</translation>
    </message>
    <message>
        <source>Send, then quit</source>
        <translation>Send, then quit</translation>
    </message>
    <message>
        <source>The records kept on this PC are damaged. Nothing saved is deleted, and sending goes on. Quit Keyaki and open it again: this PC is then set up anew.</source>
        <translation>The records kept on this PC are damaged. Nothing saved is deleted, and sending goes on. Quit Keyaki and open it again: this PC is then set up anew.</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>: </source>
        <translation>: </translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>Accepted values are entered in their author&apos;s name. Where the school&apos;s has changed, both are kept.</source>
        <translation>Accepted values are entered in their author&apos;s name. Where the school&apos;s has changed, both are kept.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Decline</translation>
    </message>
    <message>
        <source>Reason (needed to decline; its author reads it)</source>
        <translation>Reason (needed to decline; its author reads it)</translation>
    </message>
    <message>
        <source>The school cannot enter these values: what they belong to is closed or gone.</source>
        <translation>The school cannot enter these values: what they belong to is closed or gone.</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>a PC</source>
        <translation>a PC</translation>
    </message>
    <message>
        <source>{who} entered this on {pc} ({made}). It arrived {arrived}, after the duty had ended.</source>
        <translation>{who} entered this on {pc} ({made}). It arrived {arrived}, after the duty had ended.</translation>
    </message>
</context>
<context>
    <name>DeviceDetail</name>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>Erase…</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>Export report…</translation>
    </message>
    <message>
        <source>If it is found again, a head or who looks after computers lets it in again.</source>
        <translation>If it is found again, a head or who looks after computers lets it in again.</translation>
    </message>
    <message>
        <source>Let it in again</source>
        <translation>Let it in again</translation>
    </message>
    <message>
        <source>Reason or circumstances (kept in the record)</source>
        <translation>Reason or circumstances (kept in the record)</translation>
    </message>
    <message>
        <source>Report it lost…</source>
        <translation>Report it lost…</translation>
    </message>
    <message>
        <source>This is the PC you sit at. It is reported lost, blocked or erased from another one.</source>
        <translation>This is the PC you sit at. It is reported lost, blocked or erased from another one.</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>A copy of its data was met</source>
        <translation>A copy of its data was met</translation>
    </message>
    <message>
        <source>All of it (AES-256). Only the PIN, the key of the PC and the school&apos;s share together open it.</source>
        <translation>All of it (AES-256). Only the PIN, the key of the PC and the school&apos;s share together open it.</translation>
    </message>
    <message>
        <source>All of it (AES-256). The key lies in the key store of the PC; there was no PIN.</source>
        <translation>All of it (AES-256). The key lies in the key store of the PC; there was no PIN.</translation>
    </message>
    <message>
        <source>Besides: {kinds}</source>
        <translation>Besides: {kinds}</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Blocked</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Certificate</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>Encrypted</translation>
    </message>
    <message>
        <source>Erased {time}; signed with the key of this PC, certified by the school.</source>
        <translation>Erased {time}; signed with the key of this PC, certified by the school.</translation>
    </message>
    <message>
        <source>Erased, with proof</source>
        <translation>Erased, with proof</translation>
    </message>
    <message>
        <source>Erasing; no proof yet</source>
        <translation>Erasing; no proof yet</translation>
    </message>
    <message>
        <source>Heard by the PC {time}.</source>
        <translation>Heard by the PC {time}.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>It says that everything is erased ({time}), without proof that it is this PC.</source>
        <translation>It says that everything is erased ({time}), without proof that it is this PC.</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>Loss report</source>
        <translation>Loss report</translation>
    </message>
    <message>
        <source>No longer in use</source>
        <translation>No longer in use</translation>
    </message>
    <message>
        <source>None</source>
        <translation>None</translation>
    </message>
    <message>
        <source>None: the key lies on the PC alone.</source>
        <translation>None: the key lies on the PC alone.</translation>
    </message>
    <message>
        <source>None: whoever has copies of the files gets no share from the school.</source>
        <translation>None: whoever has copies of the files gets no share from the school.</translation>
    </message>
    <message>
        <source>Not admitted yet</source>
        <translation>Not admitted yet</translation>
    </message>
    <message>
        <source>Not heard by the PC yet; last contact: {seen}.</source>
        <translation>Not heard by the PC yet; last contact: {seen}.</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nothing</translation>
    </message>
    <message>
        <source>Number of the device</source>
        <translation>Number of the device</translation>
    </message>
    <message>
        <source>Opens without the school</source>
        <translation>Opens without the school</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>Over since {time}</source>
        <translation>Over since {time}</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>PC</translation>
    </message>
    <message>
        <source>Permitted until {time}</source>
        <translation>Permitted until {time}</translation>
    </message>
    <message>
        <source>Records (at most)</source>
        <translation>Records (at most)</translation>
    </message>
    <message>
        <source>Reported lost, {time}: to erase everything at once.</source>
        <translation>Reported lost, {time}: to erase everything at once.</translation>
    </message>
    <message>
        <source>Shares of the school</source>
        <translation>Shares of the school</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Since</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Take-out</source>
        <translation>Take-out</translation>
    </message>
    <message>
        <source>To block it, {time}.</source>
        <translation>To block it, {time}.</translation>
    </message>
    <message>
        <source>To send what waits and erase everything, {time}.</source>
        <translation>To send what waits and erase everything, {time}.</translation>
    </message>
    <message>
        <source>Until {time}, with the PIN</source>
        <translation>Until {time}, with the PIN</translation>
    </message>
    <message>
        <source>User</source>
        <translation>User</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>What was on it</source>
        <translation>What was on it</translation>
    </message>
    <message>
        <source>What was saved there and not sent did not reach the school.</source>
        <translation>What was saved there and not sent did not reach the school.</translation>
    </message>
    <message>
        <source>Without an end: it asks for no PIN</source>
        <translation>Without an end: it asks for no PIN</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>blocked</translation>
    </message>
    <message>
        <source>erased, with proof</source>
        <translation>erased, with proof</translation>
    </message>
    <message>
        <source>erasure ordered</source>
        <translation>erasure ordered</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>just now</translation>
    </message>
    <message>
        <source>let in again</source>
        <translation>let in again</translation>
    </message>
    <message>
        <source>never</source>
        <translation>never</translation>
    </message>
    <message>
        <source>reported lost</source>
        <translation>reported lost</translation>
    </message>
    <message>
        <source>said to be erased, no proof</source>
        <translation>said to be erased, no proof</translation>
    </message>
    <message>
        <source>the PC heard that it is blocked</source>
        <translation>the PC heard that it is blocked</translation>
    </message>
    <message>
        <source>the PC was handed the order to erase</source>
        <translation>the PC was handed the order to erase</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>this PC</translation>
    </message>
    <message>
        <source>{classes}: {kinds}</source>
        <translation>{classes}: {kinds}</translation>
    </message>
    <message>
        <source>{time} ({ago})</source>
        <translation>{time} ({ago})</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Blocked. It closes at its next contact and opens no more.</source>
        <translation>Blocked. It closes at its next contact and opens no more.</translation>
    </message>
    <message>
        <source>Blocked. It erases everything at its next contact.</source>
        <translation>Blocked. It erases everything at its next contact.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Erase</translation>
    </message>
    <message>
        <source>Erase {name}?</source>
        <translation>Erase {name}?</translation>
    </message>
    <message>
        <source>Export list…</source>
        <translation>Export list…</translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>Exported.</translation>
    </message>
    <message>
        <source>It is blocked at once, and what the school keeps of its keys is destroyed. At its next contact it erases everything; that cannot be undone.</source>
        <translation>It is blocked at once, and what the school keeps of its keys is destroyed. At its next contact it erases everything; that cannot be undone.</translation>
    </message>
    <message>
        <source>It is blocked at once. At its next contact it sends what waits, then erases all; that cannot be undone.</source>
        <translation>It is blocked at once. At its next contact it sends what waits, then erases all; that cannot be undone.</translation>
    </message>
    <message>
        <source>Let in again. Its teacher signs in once.</source>
        <translation>Let in again. Its teacher signs in once.</translation>
    </message>
    <message>
        <source>My own</source>
        <translation>My own</translation>
    </message>
    <message>
        <source>No list yet</source>
        <translation>No list yet</translation>
    </message>
    <message>
        <source>Report it lost</source>
        <translation>Report it lost</translation>
    </message>
    <message>
        <source>Report {name} lost?</source>
        <translation>Report {name} lost?</translation>
    </message>
    <message>
        <source>Reported lost and blocked. Below is what was on it.</source>
        <translation>Reported lost and blocked. Below is what was on it.</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Shown</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Sign in again</translation>
    </message>
    <message>
        <source>The school is asked which PCs hold its records. Without a connection, tell a head by phone.</source>
        <translation>The school is asked which PCs hold its records. Without a connection, tell a head by phone.</translation>
    </message>
    <message>
        <source>The school&apos;s</source>
        <translation>The school&apos;s</translation>
    </message>
    <message>
        <source>What is on this PC</source>
        <translation>What is on this PC</translation>
    </message>
    <message>
        <source>devices {day}</source>
        <translation>devices {day}</translation>
    </message>
    <message>
        <source>loss report {device} {day}</source>
        <translation>loss report {device} {day}</translation>
    </message>
</context>
<context>
    <name>DifferenceList</name>
    <message>
        <source>Column</source>
        <translation>Column</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>Computed</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Decided</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>Why it is here</translation>
    </message>
</context>
<context>
    <name>DraftKeeper</name>
    <message>
        <source>Copy the text</source>
        <translation>Copy the text</translation>
    </message>
    <message>
        <source>There is a draft whose place is not here any more: &quot;{text}&quot;</source>
        <translation>There is a draft whose place is not here any more: &quot;{text}&quot;</translation>
    </message>
    <message>
        <source>There is a draft. It is not saved yet.</source>
        <translation>There is a draft. It is not saved yet.</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Find before</source>
        <translation>Find before</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>Find next</translation>
    </message>
    <message>
        <source>Name, number or column</source>
        <translation>Name, number or column</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nothing found</translation>
    </message>
    <message>
        <source>{at} of {total}</source>
        <translation>{at} of {total}</translation>
    </message>
</context>
<context>
    <name>FindBox</name>
    <message>
        <source>Act</source>
        <translation>Act</translation>
    </message>
    <message>
        <source>Beside it</source>
        <translation>Beside it</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>Course</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Find</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Nothing fits. Only what is on this PC is found.</source>
        <translation>Nothing fits. Only what is on this PC is found.</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Pupil</source>
        <translation>Pupil</translation>
    </message>
    <message>
        <source>Pupil (kana, kanji, number), class, course, page or act</source>
        <translation>Pupil (kana, kanji, number), class, course, page or act</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>What was found</translation>
    </message>
    <message>
        <source>↑↓ choose   Enter open   Esc close</source>
        <translation>↑↓ choose   Enter open   Esc close</translation>
    </message>
</context>
<context>
    <name>GiveButton</name>
    <message>
        <source>Give to</source>
        <translation>Give to</translation>
    </message>
    <message>
        <source>Nobody else may settle it</source>
        <translation>Nobody else may settle it</translation>
    </message>
</context>
<context>
    <name>GradesCard</name>
    <message>
        <source>Grades</source>
        <translation>Grades</translation>
    </message>
    <message>
        <source>Nothing is decided yet.</source>
        <translation>Nothing is decided yet.</translation>
    </message>
    <message>
        <source>Viewpoints: {names}</source>
        <translation>Viewpoints: {names}</translation>
    </message>
    <message>
        <source>the class teacher</source>
        <translation>the class teacher</translation>
    </message>
    <message>
        <source>{subject}: overall grade by term</source>
        <translation>{subject}: overall grade by term</translation>
    </message>
</context>
<context>
    <name>GradesPage</name>
    <message numerus="yes">
        <source>%n pupil(s) shown</source>
        <translation>
            <numerusform>%n pupil shown</numerusform>
            <numerusform>%n pupils shown</numerusform>
        </translation>
    </message>
    <message>
        <source>Enter goes</source>
        <translation>Enter goes</translation>
    </message>
    <message>
        <source>Enter grades</source>
        <translation>Enter grades</translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>Grades</translation>
    </message>
    <message>
        <source>No course to grade</source>
        <translation>No course to grade</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Show everybody</source>
        <translation>Show everybody</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</translation>
    </message>
    <message>
        <source>The courses you are in charge of appear here once the school has entered your duties.</source>
        <translation>The courses you are in charge of appear here once the school has entered your duties.</translation>
    </message>
    <message>
        <source>This course is being loaded</source>
        <translation>This course is being loaded</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>down</source>
        <translation>down</translation>
    </message>
    <message>
        <source>right</source>
        <translation>right</translation>
    </message>
</context>
<context>
    <name>GradesSource</name>
    <message numerus="yes">
        <source>, and %n more work(s)</source>
        <translation>
            <numerusform>, and %n more work</numerusform>
            <numerusform>, and %n more works</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on entering</source>
        <translation>Go on entering</translation>
    </message>
    <message>
        <source>Grades {name}</source>
        <translation>Grades {name}</translation>
    </message>
    <message>
        <source>Scores {name}</source>
        <translation>Scores {name}</translation>
    </message>
    <message>
        <source>Viewpoints {name}</source>
        <translation>Viewpoints {name}</translation>
    </message>
    <message>
        <source>by {date}</source>
        <translation>by {date}</translation>
    </message>
    <message numerus="yes">
        <source>pupil(s) without a score</source>
        <translation>
            <numerusform>pupil without a score</numerusform>
            <numerusform>pupils without a score</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} and others</source>
        <translation>{names} and others</translation>
    </message>
    <message>
        <source>{title}, {done} of {all}</source>
        <translation>{title}, {done} of {all}</translation>
    </message>
    <message>
        <source>{unit} {title}, {done} of {all}</source>
        <translation>{unit} {title}, {done} of {all}</translation>
    </message>
</context>
<context>
    <name>Guard</name>
    <message>
        <source>Change the PIN...</source>
        <translation>Change the PIN...</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Lock now</translation>
    </message>
    <message>
        <source>The PIN was changed.</source>
        <translation>The PIN was changed.</translation>
    </message>
    <message>
        <source>This PC&apos;s clock was set forward. Keyaki does not go by it until it starts again.</source>
        <translation>This PC&apos;s clock was set forward. Keyaki does not go by it until it starts again.</translation>
    </message>
    <message>
        <source>Without a network this PC may be used until {time}. Keyaki locks then; what you are writing is kept.</source>
        <translation>Without a network this PC may be used until {time}. Keyaki locks then; what you are writing is kept.</translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message>
        <source>All of it is encrypted (AES-256). Only PIN, key of this PC and the school&apos;s share together open it.</source>
        <translation>All of it is encrypted (AES-256). Only PIN, key of this PC and the school&apos;s share together open it.</translation>
    </message>
    <message>
        <source>All of it is encrypted (AES-256); the key lies in the key store of this PC.</source>
        <translation>All of it is encrypted (AES-256); the key lies in the key store of this PC.</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>As of</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>Clear from this PC…</source>
        <translation>Clear from this PC…</translation>
    </message>
    <message>
        <source>Clear {name} from this PC?</source>
        <translation>Clear {name} from this PC?</translation>
    </message>
    <message>
        <source>Devices and losses</source>
        <translation>Devices and losses</translation>
    </message>
    <message>
        <source>Everything that waits is sent first. Then its records, and drafts that are not saved, are deleted here. The school keeps the records.</source>
        <translation>Everything that waits is sent first. Then its records, and drafts that are not saved, are deleted here. The school keeps the records.</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>Load again</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Protection</translation>
    </message>
    <message>
        <source>Sending everything first…</source>
        <translation>Sending everything first…</translation>
    </message>
    <message>
        <source>Taken out until {time}</source>
        <translation>Taken out until {time}</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>This PC</translation>
    </message>
    <message>
        <source>What is cleared here stays at the school and can be loaded again.</source>
        <translation>What is cleared here stays at the school and can be loaded again.</translation>
    </message>
    <message>
        <source>Without a connection</source>
        <translation>Without a connection</translation>
    </message>
    <message>
        <source>no end: this store asks for no PIN</source>
        <translation>no end: this store asks for no PIN</translation>
    </message>
    <message>
        <source>nothing has come yet</source>
        <translation>nothing has come yet</translation>
    </message>
    <message>
        <source>until {time}, with a take-out the head approved</source>
        <translation>until {time}, with a take-out the head approved</translation>
    </message>
    <message>
        <source>until {time}; renewed by itself at school</source>
        <translation>until {time}; renewed by itself at school</translation>
    </message>
    <message>
        <source>{name} is loaded again.</source>
        <translation>{name} is loaded again.</translation>
    </message>
    <message>
        <source>{name} was cleared from this PC.</source>
        <translation>{name} was cleared from this PC.</translation>
    </message>
    <message>
        <source>{records} records, {size} MB</source>
        <translation>{records} records, {size} MB</translation>
    </message>
    <message numerus="yes">
        <source>{time}; %n change(s) wait to be sent</source>
        <translation>
            <numerusform>{time}; %n change waits to be sent</numerusform>
            <numerusform>{time}; %n changes wait to be sent</numerusform>
        </translation>
    </message>
    <message>
        <source>{time}; everything is sent</source>
        <translation>{time}; everything is sent</translation>
    </message>
</context>
<context>
    <name>HeldTable</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Cleared; at the school</source>
        <translation>Cleared; at the school</translation>
    </message>
    <message>
        <source>On this PC</source>
        <translation>On this PC</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Records</translation>
    </message>
    <message>
        <source>School and own</source>
        <translation>School and own</translation>
    </message>
    <message>
        <source>Still arriving</source>
        <translation>Still arriving</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Where</translation>
    </message>
</context>
<context>
    <name>HistoryBox</name>
    <message>
        <source>&quot;{value}&quot; is restored.</source>
        <translation>&quot;{value}&quot; is restored.</translation>
    </message>
    <message>
        <source>A value that is put back is a new change; nothing is rewritten.</source>
        <translation>A value that is put back is a new change; nothing is rewritten.</translation>
    </message>
    <message>
        <source>After</source>
        <translation>After</translation>
    </message>
    <message>
        <source>All changes of what you may read, as the school tells them.</source>
        <translation>All changes of what you may read, as the school tells them.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>Changes of what you may read about this pupil are listed here.</source>
        <translation>Changes of what you may read about this pupil are listed here.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>History of {name}</source>
        <translation>History of {name}</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>Nothing was changed</translation>
    </message>
    <message>
        <source>Put this value back</source>
        <translation>Put this value back</translation>
    </message>
    <message>
        <source>The newest changes, as the school tells them.</source>
        <translation>The newest changes, as the school tells them.</translation>
    </message>
    <message>
        <source>What this PC knows. The school is being asked…</source>
        <translation>What this PC knows. The school is being asked…</translation>
    </message>
    <message>
        <source>Without the school: own changes of the last 30 days, and those of others where they met yours.</source>
        <translation>Without the school: own changes of the last 30 days, and those of others where they met yours.</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>Keys of this page</translation>
    </message>
</context>
<context>
    <name>KindFilter</name>
    <message>
        <source>Blank</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>By hand</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>No evidence</source>
        <translation>No evidence</translation>
    </message>
    <message>
        <source>No reason</source>
        <translation>No reason</translation>
    </message>
    <message>
        <source>Unusual</source>
        <translation>Unusual</translation>
    </message>
</context>
<context>
    <name>LateEdits</name>
    <message>
        <source>Accepted</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>Accepted; both values kept</source>
        <translation>Accepted; both values kept</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>Arrived</translation>
    </message>
    <message>
        <source>Changed by</source>
        <translation>Changed by</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Late value</source>
        <translation>Late value</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>Not possible</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>The school&apos;s value</source>
        <translation>The school&apos;s value</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>What</source>
        <translation>What</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>delete</translation>
    </message>
    <message>
        <source>{state}; waiting to be sent</source>
        <translation>{state}; waiting to be sent</translation>
    </message>
</context>
<context>
    <name>LateEditsPage</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted. The values are entered in the name of {who}.</source>
        <translation>Accepted. The values are entered in the name of {who}.</translation>
    </message>
    <message>
        <source>Declined. {who} is told the reason.</source>
        <translation>Declined. {who} is told the reason.</translation>
    </message>
    <message>
        <source>Late changes</source>
        <translation>Late changes</translation>
    </message>
    <message>
        <source>No late changes</source>
        <translation>No late changes</translation>
    </message>
    <message>
        <source>What is sent after a duty has ended is kept here, to be accepted or declined.</source>
        <translation>What is sent after a duty has ended is kept here, to be accepted or declined.</translation>
    </message>
    <message>
        <source>Write the reason first: its author reads it.</source>
        <translation>Write the reason first: its author reads it.</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Locked at {time}, with this PC.</source>
        <translation>Locked at {time}, with this PC.</translation>
    </message>
    <message>
        <source>Locked at {time}.</source>
        <translation>Locked at {time}.</translation>
    </message>
    <message>
        <source>Locked at {time}: nobody was there for ten minutes.</source>
        <translation>Locked at {time}: nobody was there for ten minutes.</translation>
    </message>
    <message>
        <source>Locked at {time}: the PIN was wrong too often.</source>
        <translation>Locked at {time}: the PIN was wrong too often.</translation>
    </message>
    <message>
        <source>Locked at {time}: the school has blocked this PC.</source>
        <translation>Locked at {time}: the school has blocked this PC.</translation>
    </message>
    <message>
        <source>Locked at {time}: the time to use this PC without a network was over.</source>
        <translation>Locked at {time}: the time to use this PC without a network was over.</translation>
    </message>
    <message>
        <source>Locked at {time}: this PC was asleep.</source>
        <translation>Locked at {time}: this PC was asleep.</translation>
    </message>
    <message>
        <source>Locked at {time}: this PC&apos;s clock was set back.</source>
        <translation>Locked at {time}: this PC&apos;s clock was set back.</translation>
    </message>
    <message>
        <source>There is a draft.</source>
        <translation>There is a draft.</translation>
    </message>
</context>
<context>
    <name>Merged</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Put together with a change of {people}.</source>
        <translation>Put together with a change of {people}.</translation>
    </message>
    <message>
        <source>Put together with a change somebody else had made.</source>
        <translation>Put together with a change somebody else had made.</translation>
    </message>
    <message>
        <source>School</source>
        <translation>School</translation>
    </message>
    <message>
        <source>Somebody else changed another field of it before yours arrived. Both stand.</source>
        <translation>Somebody else changed another field of it before yours arrived. Both stand.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>empty</translation>
    </message>
    <message>
        <source>you yourself</source>
        <translation>you yourself</translation>
    </message>
    <message>
        <source>{who} ({facts})</source>
        <translation>{who} ({facts})</translation>
    </message>
</context>
<context>
    <name>MergedCard</name>
    <message>
        <source>Mark all as seen</source>
        <translation>Mark all as seen</translation>
    </message>
    <message>
        <source>Merged by itself</source>
        <translation>Merged by itself</translation>
    </message>
    <message>
        <source>Nothing new. When your changes and those of others met and both could stand, it is told here.</source>
        <translation>Nothing new. When your changes and those of others met and both could stand, it is told here.</translation>
    </message>
    <message>
        <source>Your changes and those of others met here, and both could stand. Nothing has to be done.</source>
        <translation>Your changes and those of others met here, and both could stand. Nothing has to be done.</translation>
    </message>
</context>
<context>
    <name>MergedEntry</name>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Now, changed again since</source>
        <translation>Now, changed again since</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Seen</translation>
    </message>
    <message>
        <source>The other&apos;s</source>
        <translation>The other&apos;s</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Yours</translation>
    </message>
</context>
<context>
    <name>MessageStrip</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>NamedBlock</name>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
</context>
<context>
    <name>NoteActs</name>
    <message>
        <source>Done again.</source>
        <translation>Done again.</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>Taken back.</translation>
    </message>
    <message>
        <source>The note is deleted.</source>
        <translation>The note is deleted.</translation>
    </message>
    <message>
        <source>The note is saved.</source>
        <translation>The note is saved.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Write the note first, at most 1,000 characters.</source>
        <translation>Write the note first, at most 1,000 characters.</translation>
    </message>
</context>
<context>
    <name>NoteEntry</name>
    <message>
        <source>Change</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>NoteForm</name>
    <message>
        <source>A note has at most {limit} characters.</source>
        <translation>A note has at most {limit} characters.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Daily note</source>
        <translation>Daily note</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Day</translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation>Keep the note</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>Read by</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Such as: taken later, 9/12</source>
        <translation>Such as: taken later, 9/12</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>{count} too many</source>
        <translation>{count} too many</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Decide</source>
        <translation>Decide</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Not sent yet</translation>
    </message>
</context>
<context>
    <name>NotesColumn</name>
    <message>
        <source>Daily note</source>
        <translation>Daily note</translation>
    </message>
    <message>
        <source>Daily notes</source>
        <translation>Daily notes</translation>
    </message>
    <message>
        <source>No notes yet.</source>
        <translation>No notes yet.</translation>
    </message>
    <message>
        <source>who teaches in the class</source>
        <translation>who teaches in the class</translation>
    </message>
</context>
<context>
    <name>OutcomeCard</name>
    <message>
        <source>Choose 1, 2 or 3</source>
        <translation>Choose 1, 2 or 3</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>Settle with this</source>
        <translation>Settle with this</translation>
    </message>
    <message>
        <source>texts can be edited here</source>
        <translation>texts can be edited here</translation>
    </message>
    <message>
        <source>{count} too many</source>
        <translation>{count} too many</translation>
    </message>
</context>
<context>
    <name>PastList</name>
    <message>
        <source>All changes, as the school tells them.</source>
        <translation>All changes, as the school tells them.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>History of this cell</source>
        <translation>History of this cell</translation>
    </message>
    <message>
        <source>Nothing was changed here.</source>
        <translation>Nothing was changed here.</translation>
    </message>
    <message>
        <source>Put this value back</source>
        <translation>Put this value back</translation>
    </message>
    <message>
        <source>This PC keeps its own changes of the last 30 days, and those of others where they met yours.</source>
        <translation>This PC keeps its own changes of the last 30 days, and those of others where they met yours.</translation>
    </message>
    <message>
        <source>What this PC knows. The school is being asked…</source>
        <translation>What this PC knows. The school is being asked…</translation>
    </message>
</context>
<context>
    <name>PastTable</name>
    <message>
        <source>How</source>
        <translation>How</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Where</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Who</translation>
    </message>
</context>
<context>
    <name>PastWords</name>
    <message>
        <source>School</source>
        <translation>School</translation>
    </message>
    <message>
        <source>both kept</source>
        <translation>both kept</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>cut</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>decided</translation>
    </message>
    <message>
        <source>emptied</source>
        <translation>emptied</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>filled</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>not accepted</translation>
    </message>
    <message>
        <source>passed to the school</source>
        <translation>passed to the school</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>pasted</translation>
    </message>
    <message>
        <source>received</source>
        <translation>received</translation>
    </message>
    <message>
        <source>redone</source>
        <translation>redone</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>restored</translation>
    </message>
    <message>
        <source>sent again</source>
        <translation>sent again</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>this PC</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>typed</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>undone</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>{name}-sensei</source>
        <translation>{name}-sensei</translation>
    </message>
</context>
<context>
    <name>PastePreview</name>
    <message numerus="yes">
        <source>%n value(s) that are there now will be replaced.</source>
        <translation>
            <numerusform>%n value that is there now will be replaced.</numerusform>
            <numerusform>%n values that are there now will be replaced.</numerusform>
        </translation>
    </message>
    <message>
        <source>After</source>
        <translation>After</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>By position: the first row goes to {first}, the last to {last}. Check that nobody is missing.</source>
        <translation>By position: the first row goes to {first}, the last to {last}. Check that nobody is missing.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Column</translation>
    </message>
    <message numerus="yes">
        <source>Empty %n cell(s) that are blank in the block</source>
        <translation>
            <numerusform>Empty %n cell that is blank in the block</numerusform>
            <numerusform>Empty %n cells that are blank in the block</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Nothing was pasted</source>
        <translation>Nothing was pasted</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Paste</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n value(s)</source>
        <translation>
            <numerusform>Paste %n value</numerusform>
            <numerusform>Paste %n values</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>There is no such column.</source>
        <translation>There is no such column.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>not on the roster</source>
        <translation>not on the roster</translation>
    </message>
    <message>
        <source>{matched} of {total} pupils match, by their ids.</source>
        <translation>{matched} of {total} pupils match, by their ids.</translation>
    </message>
    <message>
        <source>{matched} of {total} pupils match, by their names.</source>
        <translation>{matched} of {total} pupils match, by their names.</translation>
    </message>
    <message>
        <source>{matched} of {total} pupils match, by their numbers.</source>
        <translation>{matched} of {total} pupils match, by their numbers.</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>the school</source>
        <translation>the school</translation>
    </message>
    <message>
        <source>{name}-sensei</source>
        <translation>{name}-sensei</translation>
    </message>
</context>
<context>
    <name>PermitDetail</name>
    <message>
        <source>Approve</source>
        <translation>Approve</translation>
    </message>
    <message>
        <source>Begin the take-out</source>
        <translation>Begin the take-out</translation>
    </message>
    <message>
        <source>Do not approve</source>
        <translation>Do not approve</translation>
    </message>
    <message>
        <source>End this take-out</source>
        <translation>End this take-out</translation>
    </message>
    <message>
        <source>Other classes come back when you return it. Nothing you entered is lost.</source>
        <translation>Other classes come back when you return it. Nothing you entered is lost.</translation>
    </message>
    <message>
        <source>Reason (needed to decline or to end; the teacher reads it)</source>
        <translation>Reason (needed to decline or to end; the teacher reads it)</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Return</translation>
    </message>
    <message>
        <source>Take the request back</source>
        <translation>Take the request back</translation>
    </message>
    <message>
        <source>When it begins, everything is sent first. Then this PC keeps only these classes until you return it.</source>
        <translation>When it begins, everything is sent first. Then this PC keeps only these classes until you return it.</translation>
    </message>
</context>
<context>
    <name>PinFault</name>
    <message>
        <source>A PIN in the order of the keys is guessed at once.</source>
        <translation>A PIN in the order of the keys is guessed at once.</translation>
    </message>
    <message>
        <source>A PIN of one repeated character is guessed at once.</source>
        <translation>A PIN of one repeated character is guessed at once.</translation>
    </message>
    <message>
        <source>A day of this school year or the last is guessed soon.</source>
        <translation>A day of this school year or the last is guessed soon.</translation>
    </message>
    <message>
        <source>In the sample the PIN is {pin}.</source>
        <translation>In the sample the PIN is {pin}.</translation>
    </message>
    <message>
        <source>Others know this word or number.</source>
        <translation>Others know this word or number.</translation>
    </message>
    <message>
        <source>The PIN has a character that cannot be typed again for certain.</source>
        <translation>The PIN has a character that cannot be typed again for certain.</translation>
    </message>
    <message>
        <source>The PIN is too long.</source>
        <translation>The PIN is too long.</translation>
    </message>
    <message>
        <source>The PIN is too short.</source>
        <translation>The PIN is too short.</translation>
    </message>
</context>
<context>
    <name>PreferencesPage</name>
    <message>
        <source>As the system says</source>
        <translation>As the system says</translation>
    </message>
    <message>
        <source>As the system says follows Windows, its high contrast too.</source>
        <translation>As the system says follows Windows, its high contrast too.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>It holds now, but could not be kept for the next start.</source>
        <translation>It holds now, but could not be kept for the next start.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Rows and buttons grow with it. The display&apos;s own scaling comes on top.</source>
        <translation>Rows and buttons grow with it. The display&apos;s own scaling comes on top.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Size of text</translation>
    </message>
    <message>
        <source>The words of every screen change at once. What people have entered stays as it is.</source>
        <translation>The words of every screen change at once. What people have entered stays as it is.</translation>
    </message>
    <message>
        <source>These belong to you on this PC. They are kept here and never sent.</source>
        <translation>These belong to you on this PC. They are kept here and never sent.</translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message>
        <source>Another display was connected. Content is hidden.</source>
        <translation>Another display was connected. Content is hidden.</translation>
    </message>
    <message>
        <source>Another display was connected. Content is hidden. What is it?</source>
        <translation>Another display was connected. Content is hidden. What is it?</translation>
    </message>
    <message>
        <source>Classroom</source>
        <translation>Classroom</translation>
    </message>
    <message>
        <source>Desk monitor</source>
        <translation>Desk monitor</translation>
    </message>
    <message>
        <source>End presenting?</source>
        <translation>End presenting?</translation>
    </message>
    <message>
        <source>Names and records of pupils are then on this screen again, and on every display that shows it.</source>
        <translation>Names and records of pupils are then on this screen again, and on every display that shows it.</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Show everything</translation>
    </message>
    <message>
        <source>Stay covered</source>
        <translation>Stay covered</translation>
    </message>
    <message>
        <source>The other display is gone.</source>
        <translation>The other display is gone.</translation>
    </message>
</context>
<context>
    <name>PresentingBand</name>
    <message>
        <source>Cover</source>
        <translation>Cover</translation>
    </message>
    <message>
        <source>End presenting...</source>
        <translation>End presenting...</translation>
    </message>
    <message>
        <source>Names and records of pupils are hidden</source>
        <translation>Names and records of pupils are hidden</translation>
    </message>
    <message>
        <source>Presenting</source>
        <translation>Presenting</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Due</source>
        <translation>Due</translation>
    </message>
    <message>
        <source>No work of this term is due yet.</source>
        <translation>No work of this term is due yet.</translation>
    </message>
    <message>
        <source>done</source>
        <translation>done</translation>
    </message>
    <message>
        <source>{date}, over</source>
        <translation>{date}, over</translation>
    </message>
</context>
<context>
    <name>ProvePin</name>
    <message>
        <source>End presenting?</source>
        <translation>End presenting?</translation>
    </message>
    <message>
        <source>Keyaki</source>
        <translation>Keyaki</translation>
    </message>
    <message>
        <source>Names and records of pupils are then on this screen again, and on every display that shows it.</source>
        <translation>Names and records of pupils are then on this screen again, and on every display that shows it.</translation>
    </message>
    <message>
        <source>PIN of this PC</source>
        <translation>PIN of this PC</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Show everything</translation>
    </message>
    <message>
        <source>Stay covered</source>
        <translation>Stay covered</translation>
    </message>
</context>
<context>
    <name>PupilCard</name>
    <message>
        <source>Absent</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>Being loaded: it appears as soon as all of it is on this PC.</source>
        <translation>Being loaded: it appears as soon as all of it is on this PC.</translation>
    </message>
    <message>
        <source>Class teacher</source>
        <translation>Class teacher</translation>
    </message>
    <message>
        <source>Class team</source>
        <translation>Class team</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>Left early</source>
        <translation>Left early</translation>
    </message>
    <message>
        <source>Not on this PC: it is read by {who}.</source>
        <translation>Not on this PC: it is read by {who}.</translation>
    </message>
    <message>
        <source>Not taken yet</source>
        <translation>Not taken yet</translation>
    </message>
    <message>
        <source>Only me</source>
        <translation>Only me</translation>
    </message>
    <message>
        <source>Only what belongs to your own courses. The rest is read by {who}.</source>
        <translation>Only what belongs to your own courses. The rest is read by {who}.</translation>
    </message>
    <message>
        <source>School days</source>
        <translation>School days</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Suspended, mourning</source>
        <translation>Suspended, mourning</translation>
    </message>
    <message>
        <source>cannot be rated</source>
        <translation>cannot be rated</translation>
    </message>
    <message>
        <source>{day}: {what}</source>
        <translation>{day}: {what}</translation>
    </message>
    <message>
        <source>{month}/</source>
        <translation>{month}/</translation>
    </message>
</context>
<context>
    <name>PupilChooser</name>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Next pupil (Alt+Down)</source>
        <translation>Next pupil (Alt+Down)</translation>
    </message>
    <message>
        <source>Pupil</source>
        <translation>Pupil</translation>
    </message>
    <message>
        <source>Pupil before (Alt+Up)</source>
        <translation>Pupil before (Alt+Up)</translation>
    </message>
</context>
<context>
    <name>PupilHead</name>
    <message>
        <source>Also called {name}</source>
        <translation>Also called {name}</translation>
    </message>
    <message>
        <source>In the register:</source>
        <translation>In the register:</translation>
    </message>
    <message>
        <source>The register writes the name the same way.</source>
        <translation>The register writes the name the same way.</translation>
    </message>
    <message>
        <source>The register&apos;s name is being loaded.</source>
        <translation>The register&apos;s name is being loaded.</translation>
    </message>
    <message>
        <source>The register&apos;s name is shown to the class teacher.</source>
        <translation>The register&apos;s name is shown to the class teacher.</translation>
    </message>
    <message>
        <source>not drawn exactly here: {characters}</source>
        <translation>not drawn exactly here: {characters}</translation>
    </message>
</context>
<context>
    <name>PupilHistory</name>
    <message>
        <source>After</source>
        <translation>After</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>PC</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>When</source>
        <translation>When</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>both kept</source>
        <translation>both kept</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>merged</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>not accepted</translation>
    </message>
    <message>
        <source>passed to the school</source>
        <translation>passed to the school</translation>
    </message>
    <message>
        <source>the school&apos;s server</source>
        <translation>the school&apos;s server</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>this PC</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>waiting</translation>
    </message>
    <message>
        <source>{name} (you)</source>
        <translation>{name} (you)</translation>
    </message>
</context>
<context>
    <name>PupilPage</name>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>No pupil to show</source>
        <translation>No pupil to show</translation>
    </message>
    <message>
        <source>Pupil card</source>
        <translation>Pupil card</translation>
    </message>
    <message>
        <source>Pupils of the classes you teach have a card here once their class is on this PC.</source>
        <translation>Pupils of the classes you teach have a card here once their class is on this PC.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>More</source>
        <translation>More</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>This PC</translation>
    </message>
</context>
<context>
    <name>ReasonBar</name>
    <message numerus="yes">
        <source>%n mark(s) change</source>
        <translation>
            <numerusform>%n mark changes</numerusform>
            <numerusform>%n marks change</numerusform>
        </translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Change it</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Leave it</translation>
    </message>
    <message>
        <source>Why is it changed after the day was taken?</source>
        <translation>Why is it changed after the day was taken?</translation>
    </message>
    <message>
        <source>{name}, {day}: {status}</source>
        <translation>{name}, {day}: {status}</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Another value was sent later</source>
        <translation>Another value was sent later</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>Entered</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Kept on this PC</source>
        <translation>Kept on this PC</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Not sent</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restore</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>You chose not to restore it</source>
        <translation>You chose not to restore it</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>delete</translation>
    </message>
    <message>
        <source>not to be restored</source>
        <translation>not to be restored</translation>
    </message>
    <message>
        <source>to be restored</source>
        <translation>to be restored</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message numerus="yes">
        <source>%n change(s) restored.</source>
        <translation>
            <numerusform>%n change restored.</numerusform>
            <numerusform>%n changes restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) will not be entered. This cannot be taken back here.</source>
        <translation>
            <numerusform>%n change will not be entered. This cannot be taken back here.</numerusform>
            <numerusform>%n changes will not be entered. This cannot be taken back here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out.</source>
        <translation>
            <numerusform>%n left out.</numerusform>
            <numerusform>%n left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not accepted by the school.</source>
        <translation>
            <numerusform>%n not accepted by the school.</numerusform>
            <numerusform>%n not accepted by the school.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passed to the school for review.</source>
        <translation>
            <numerusform>%n passed to the school for review.</numerusform>
            <numerusform>%n passed to the school for review.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>%n to check</numerusform>
            <numerusform>%n to check</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n: both values are kept until somebody decides.</source>
        <translation>
            <numerusform>%n: both values are kept until somebody decides.</numerusform>
            <numerusform>%n: both values are kept until somebody decides.</numerusform>
        </translation>
    </message>
    <message>
        <source>Check what is restored</source>
        <translation>Check what is restored</translation>
    </message>
    <message>
        <source>Do not restore</source>
        <translation>Do not restore</translation>
    </message>
    <message>
        <source>Everything that was saved on this PC is at the school or waits here to be sent.</source>
        <translation>Everything that was saved on this PC is at the school or waits here to be sent.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>Leave them out</translation>
    </message>
    <message>
        <source>Nothing to restore</source>
        <translation>Nothing to restore</translation>
    </message>
    <message>
        <source>Reading what was kept</source>
        <translation>Reading what was kept</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>Restore all</translation>
    </message>
    <message>
        <source>Restore what is chosen</source>
        <translation>Restore what is chosen</translation>
    </message>
    <message>
        <source>The school reads the copies of your changes that were kept on this PC.</source>
        <translation>The school reads the copies of your changes that were kept on this PC.</translation>
    </message>
    <message>
        <source>These changes were saved on this PC and did not reach the school. Nothing is entered before you say so. Where somebody has changed the same value meanwhile, both are kept until it is decided.</source>
        <translation>These changes were saved on this PC and did not reach the school. Nothing is entered before you say so. Where somebody has changed the same value meanwhile, both are kept until it is decided.</translation>
    </message>
</context>
<context>
    <name>RefusalEntry</name>
    <message>
        <source>Kept: {values}</source>
        <translation>Kept: {values}</translation>
    </message>
    <message>
        <source>Open and correct</source>
        <translation>Open and correct</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Send again</translation>
    </message>
    <message>
        <source>Take off this list</source>
        <translation>Take off this list</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Withdraw</translation>
    </message>
</context>
<context>
    <name>Refused</name>
    <message>
        <source>A change of grades</source>
        <translation>A change of grades</translation>
    </message>
    <message>
        <source>A change without content</source>
        <translation>A change without content</translation>
    </message>
    <message>
        <source>Accepted by the school</source>
        <translation>Accepted by the school</translation>
    </message>
    <message>
        <source>Declined by the school</source>
        <translation>Declined by the school</translation>
    </message>
    <message>
        <source>It arrived after your duty ended and was passed to the school for review.</source>
        <translation>It arrived after your duty ended and was passed to the school for review.</translation>
    </message>
    <message>
        <source>No longer at the school</source>
        <translation>No longer at the school</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Not accepted</translation>
    </message>
    <message>
        <source>The colleague you asked may not settle this.</source>
        <translation>The colleague you asked may not settle this.</translation>
    </message>
    <message>
        <source>The school did not take this change.</source>
        <translation>The school did not take this change.</translation>
    </message>
    <message>
        <source>The school does not know this kind of record yet.</source>
        <translation>The school does not know this kind of record yet.</translation>
    </message>
    <message>
        <source>The school has entered it in your name.</source>
        <translation>The school has entered it in your name.</translation>
    </message>
    <message>
        <source>The school has left its own value. Yours is kept here.</source>
        <translation>The school has left its own value. Yours is kept here.</translation>
    </message>
    <message>
        <source>The school&apos;s rules do not allow this value.</source>
        <translation>The school&apos;s rules do not allow this value.</translation>
    </message>
    <message>
        <source>The school&apos;s server was set back to an earlier backup, which does not hold this change. Your duty had ended, so this PC has no copy of it any more. Please tell who is in charge now the day and time of the change, so that the values can be checked.</source>
        <translation>The school&apos;s server was set back to an earlier backup, which does not hold this change. Your duty had ended, so this PC has no copy of it any more. Please tell who is in charge now the day and time of the change, so that the values can be checked.</translation>
    </message>
    <message>
        <source>This was deleted at the school.</source>
        <translation>This was deleted at the school.</translation>
    </message>
    <message>
        <source>This was finalised before your change arrived.</source>
        <translation>This was finalised before your change arrived.</translation>
    </message>
    <message>
        <source>What this belongs to is not at the school any more.</source>
        <translation>What this belongs to is not at the school any more.</translation>
    </message>
    <message>
        <source>With the school</source>
        <translation>With the school</translation>
    </message>
    <message>
        <source>You are not in charge of this any more.</source>
        <translation>You are not in charge of this any more.</translation>
    </message>
    <message>
        <source>{who}, {time}</source>
        <translation>{who}, {time}</translation>
    </message>
    <message>
        <source>{who}: {reason}</source>
        <translation>{who}: {reason}</translation>
    </message>
</context>
<context>
    <name>Register</name>
    <message>
        <source>&quot;{value}&quot; is no time such as 9:30.</source>
        <translation>&quot;{value}&quot; is no time such as 9:30.</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; is none of the keys {keys}.</source>
        <translation>&quot;{value}&quot; is none of the keys {keys}.</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; is not on the school&apos;s list. Write it under &quot;Details&quot;.</source>
        <translation>&quot;{value}&quot; is not on the school&apos;s list. Write it under &quot;Details&quot;.</translation>
    </message>
    <message>
        <source>(susp.)</source>
        <translation>(susp.)</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>April</source>
        <translation>April</translation>
    </message>
    <message>
        <source>At most 100 characters.</source>
        <translation>At most 100 characters.</translation>
    </message>
    <message>
        <source>August</source>
        <translation>August</translation>
    </message>
    <message>
        <source>Days before</source>
        <translation>Days before</translation>
    </message>
    <message>
        <source>December</source>
        <translation>December</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Early</source>
        <translation>Early</translation>
    </message>
    <message>
        <source>Excused</source>
        <translation>Excused</translation>
    </message>
    <message>
        <source>February</source>
        <translation>February</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>January</source>
        <translation>January</translation>
    </message>
    <message>
        <source>July</source>
        <translation>July</translation>
    </message>
    <message>
        <source>June</source>
        <translation>June</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Late</translation>
    </message>
    <message>
        <source>March</source>
        <translation>March</translation>
    </message>
    <message>
        <source>May</source>
        <translation>May</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>More days absent than there were to attend</source>
        <translation>More days absent than there were to attend</translation>
    </message>
    <message>
        <source>More days late than days present</source>
        <translation>More days late than days present</translation>
    </message>
    <message>
        <source>More days suspended than there were school days</source>
        <translation>More days suspended than there were school days</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>November</source>
        <translation>November</translation>
    </message>
    <message>
        <source>October</source>
        <translation>October</translation>
    </message>
    <message>
        <source>Only who came late or left early has a time.</source>
        <translation>Only who came late or left early has a time.</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Present</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>School</source>
        <translation>School</translation>
    </message>
    <message>
        <source>September</source>
        <translation>September</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>The class is closed on {day} ({cause}). Nothing is marked.</source>
        <translation>The class is closed on {day} ({cause}). Nothing is marked.</translation>
    </message>
    <message>
        <source>The school&apos;s calendar says nothing of {day}.</source>
        <translation>The school&apos;s calendar says nothing of {day}.</translation>
    </message>
    <message>
        <source>The teachers of this class take its attendance; you can read it.</source>
        <translation>The teachers of this class take its attendance; you can read it.</translation>
    </message>
    <message>
        <source>This pupil does not belong to the class on {day}.</source>
        <translation>This pupil does not belong to the class on {day}.</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Time</translation>
    </message>
    <message>
        <source>To</source>
        <translation>To</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Total</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>attend</source>
        <translation>attend</translation>
    </message>
    <message>
        <source>being saved</source>
        <translation>being saved</translation>
    </message>
    <message>
        <source>closure</source>
        <translation>closure</translation>
    </message>
    <message>
        <source>days</source>
        <translation>days</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>deferred</translation>
    </message>
    <message>
        <source>graduated</source>
        <translation>graduated</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>guest</translation>
    </message>
    <message>
        <source>left</source>
        <translation>left</translation>
    </message>
    <message>
        <source>moved away</source>
        <translation>moved away</translation>
    </message>
    <message>
        <source>needs a decision</source>
        <translation>needs a decision</translation>
    </message>
    <message>
        <source>no school</source>
        <translation>no school</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>not accepted</translation>
    </message>
    <message>
        <source>saved on this PC, no backup copy</source>
        <translation>saved on this PC, no backup copy</translation>
    </message>
    <message>
        <source>saved on this PC, not sent yet</source>
        <translation>saved on this PC, not sent yet</translation>
    </message>
    <message>
        <source>{day} ({weekday})</source>
        <translation>{day} ({weekday})</translation>
    </message>
    <message>
        <source>{day} is no school day ({title}).</source>
        <translation>{day} is no school day ({title}).</translation>
    </message>
    <message>
        <source>{day}: changed later without a reason</source>
        <translation>{day}: changed later without a reason</translation>
    </message>
    <message>
        <source>{day}: marked on a day without school; it does not count</source>
        <translation>{day}: marked on a day without school; it does not count</translation>
    </message>
    <message>
        <source>{day}: marked outside the class; it does not count</source>
        <translation>{day}: marked outside the class; it does not count</translation>
    </message>
    <message>
        <source>{day}: not taken yet</source>
        <translation>{day}: not taken yet</translation>
    </message>
    <message>
        <source>{day}: two people say different things</source>
        <translation>{day}: two people say different things</translation>
    </message>
    <message>
        <source>{month}/{year}</source>
        <translation>{month}/{year}</translation>
    </message>
</context>
<context>
    <name>RegisterEntry</name>
    <message>
        <source>Back to &quot;{text}&quot;</source>
        <translation>Back to &quot;{text}&quot;</translation>
    </message>
    <message>
        <source>No cell is blank.</source>
        <translation>No cell is blank.</translation>
    </message>
    <message>
        <source>Nothing here needs a decision.</source>
        <translation>Nothing here needs a decision.</translation>
    </message>
    <message>
        <source>The list has changed. &quot;{text}&quot; was not entered.</source>
        <translation>The list has changed. &quot;{text}&quot; was not entered.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>There is nothing to redo.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>There is nothing to undo.</translation>
    </message>
</context>
<context>
    <name>RegisterSide</name>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>%n thing to look at</numerusform>
            <numerusform>%n things to look at</numerusform>
        </translation>
    </message>
    <message>
        <source>It can still be changed later, with a reason</source>
        <translation>It can still be changed later, with a reason</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Present</translation>
    </message>
    <message>
        <source>Present (as it stands)</source>
        <translation>Present (as it stands)</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>Take attendance</translation>
    </message>
    <message>
        <source>Taken {time}, {who}</source>
        <translation>Taken {time}, {who}</translation>
    </message>
    <message>
        <source>Taken.</source>
        <translation>Taken.</translation>
    </message>
    <message numerus="yes">
        <source>Taking it makes %n pupil(s) without a mark present.</source>
        <translation>
            <numerusform>Taking it makes %n pupil without a mark present.</numerusform>
            <numerusform>Taking it makes %n pupils without a mark present.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemarksCard</name>
    <message>
        <source>Nothing is written yet.</source>
        <translation>Nothing is written yet.</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>Remarks</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>draft</translation>
    </message>
    <message>
        <source>the class teacher</source>
        <translation>the class teacher</translation>
    </message>
</context>
<context>
    <name>RequestForm</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message>
        <source>Allergies and care</source>
        <translation>Allergies and care</translation>
    </message>
    <message>
        <source>Ask for a take-out</source>
        <translation>Ask for a take-out</translation>
    </message>
    <message>
        <source>Ask for it</source>
        <translation>Ask for it</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Classes to take along</source>
        <translation>Classes to take along</translation>
    </message>
    <message>
        <source>Earlier years</source>
        <translation>Earlier years</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>For how long</translation>
    </message>
    <message>
        <source>Guidance records (yoroku)</source>
        <translation>Guidance records (yoroku)</translation>
    </message>
    <message>
        <source>Only when you need it</source>
        <translation>Only when you need it</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>What it is for (the head reads it)</source>
        <translation>What it is for (the head reads it)</translation>
    </message>
</context>
<context>
    <name>Roster</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Coming and going</source>
        <translation>Coming and going</translation>
    </message>
    <message>
        <source>In the register</source>
        <translation>In the register</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Reading</translation>
    </message>
    <message>
        <source>also {name}</source>
        <translation>also {name}</translation>
    </message>
    <message>
        <source>came from another school, {day}</source>
        <translation>came from another school, {day}</translation>
    </message>
    <message>
        <source>comes on {day}</source>
        <translation>comes on {day}</translation>
    </message>
    <message>
        <source>from another class</source>
        <translation>from another class</translation>
    </message>
    <message>
        <source>graduated, {day}</source>
        <translation>graduated, {day}</translation>
    </message>
    <message>
        <source>joined, {day}</source>
        <translation>joined, {day}</translation>
    </message>
    <message>
        <source>leaves, last day {day}</source>
        <translation>leaves, last day {day}</translation>
    </message>
    <message>
        <source>left, {day}</source>
        <translation>left, {day}</translation>
    </message>
    <message>
        <source>moved to another school, {day}</source>
        <translation>moved to another school, {day}</translation>
    </message>
    <message>
        <source>moves to another school, last day {day}</source>
        <translation>moves to another school, last day {day}</translation>
    </message>
    <message>
        <source>not drawn exactly: {characters}</source>
        <translation>not drawn exactly: {characters}</translation>
    </message>
    <message>
        <source>other form in the register</source>
        <translation>other form in the register</translation>
    </message>
</context>
<context>
    <name>RosterPage</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) copied. They leave the clipboard after a minute.</source>
        <translation>
            <numerusform>%n line copied. It leaves the clipboard after a minute.</numerusform>
            <numerusform>%n lines copied. They leave the clipboard after a minute.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pupil(s)</source>
        <translation>
            <numerusform>%n pupil</numerusform>
            <numerusform>%n pupils</numerusform>
        </translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>Copy the list</translation>
    </message>
    <message>
        <source>Name, reading, romaji or number</source>
        <translation>Name, reading, romaji or number</translation>
    </message>
    <message>
        <source>Names of the register are being loaded</source>
        <translation>Names of the register are being loaded</translation>
    </message>
    <message>
        <source>Names of the register: shown to the class teacher</source>
        <translation>Names of the register: shown to the class teacher</translation>
    </message>
    <message>
        <source>No class to show</source>
        <translation>No class to show</translation>
    </message>
    <message>
        <source>Nobody is found</source>
        <translation>Nobody is found</translation>
    </message>
    <message>
        <source>Only this class is searched. Reading, romaji and the usual form of a kanji will do.</source>
        <translation>Only this class is searched. Reading, romaji and the usual form of a kanji will do.</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>Roster</translation>
    </message>
    <message>
        <source>Show everybody</source>
        <translation>Show everybody</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>Sorted by</translation>
    </message>
    <message>
        <source>The classes you teach appear here once the school has entered your duties.</source>
        <translation>The classes you teach appear here once the school has entered your duties.</translation>
    </message>
    <message>
        <source>This class is being loaded</source>
        <translation>This class is being loaded</translation>
    </message>
    <message>
        <source>number</source>
        <translation>number</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>reading</translation>
    </message>
</context>
<context>
    <name>SampleBand</name>
    <message>
        <source>Connect the network</source>
        <translation>Connect the network</translation>
    </message>
    <message>
        <source>Cut the network</source>
        <translation>Cut the network</translation>
    </message>
    <message>
        <source>Sample school: all people here are invented</source>
        <translation>Sample school: all people here are invented</translation>
    </message>
</context>
<context>
    <name>Scopes</name>
    <message>
        <source>addresses and guardians</source>
        <translation>addresses and guardians</translation>
    </message>
    <message>
        <source>allergies and care</source>
        <translation>allergies and care</translation>
    </message>
    <message>
        <source>attendance</source>
        <translation>attendance</translation>
    </message>
    <message>
        <source>daily notes</source>
        <translation>daily notes</translation>
    </message>
    <message>
        <source>earlier years</source>
        <translation>earlier years</translation>
    </message>
    <message>
        <source>guidance records (yoroku)</source>
        <translation>guidance records (yoroku)</translation>
    </message>
    <message>
        <source>health</source>
        <translation>health</translation>
    </message>
    <message>
        <source>homeroom remarks</source>
        <translation>homeroom remarks</translation>
    </message>
    <message>
        <source>late changes</source>
        <translation>late changes</translation>
    </message>
    <message>
        <source>names</source>
        <translation>names</translation>
    </message>
    <message>
        <source>own messages</source>
        <translation>own messages</translation>
    </message>
    <message>
        <source>own settings</source>
        <translation>own settings</translation>
    </message>
    <message>
        <source>own week plan</source>
        <translation>own week plan</translation>
    </message>
    <message>
        <source>scores and lesson remarks</source>
        <translation>scores and lesson remarks</translation>
    </message>
    <message>
        <source>special support</source>
        <translation>special support</translation>
    </message>
    <message>
        <source>student guidance</source>
        <translation>student guidance</translation>
    </message>
    <message>
        <source>term grades</source>
        <translation>term grades</translation>
    </message>
    <message>
        <source>the register</source>
        <translation>the register</translation>
    </message>
    <message>
        <source>the staff room</source>
        <translation>the staff room</translation>
    </message>
    <message>
        <source>the whole school</source>
        <translation>the whole school</translation>
    </message>
    <message>
        <source>the year group</source>
        <translation>the year group</translation>
    </message>
</context>
<context>
    <name>SeatingView</name>
    <message>
        <source>Draw lots</source>
        <translation>Draw lots</translation>
    </message>
    <message>
        <source>Enter lifts a seat and puts it down; R draws lots; Esc ends.</source>
        <translation>Enter lifts a seat and puts it down; R draws lots; Esc ends.</translation>
    </message>
    <message>
        <source>Front of the room</source>
        <translation>Front of the room</translation>
    </message>
    <message>
        <source>Move seats</source>
        <translation>Move seats</translation>
    </message>
    <message>
        <source>Turn round</source>
        <translation>Turn round</translation>
    </message>
</context>
<context>
    <name>SheetActs</name>
    <message>
        <source>Add a column</source>
        <translation>Add a column</translation>
    </message>
    <message>
        <source>Change the column…</source>
        <translation>Change the column…</translation>
    </message>
    <message>
        <source>Close the column</source>
        <translation>Close the column</translation>
    </message>
    <message>
        <source>Colour by value</source>
        <translation>Colour by value</translation>
    </message>
    <message>
        <source>Copy with pupils</source>
        <translation>Copy with pupils</translation>
    </message>
    <message>
        <source>History of this cell…</source>
        <translation>History of this cell…</translation>
    </message>
    <message>
        <source>More for this sheet</source>
        <translation>More for this sheet</translation>
    </message>
    <message>
        <source>Note on this cell…</source>
        <translation>Note on this cell…</translation>
    </message>
    <message>
        <source>Open the column again</source>
        <translation>Open the column again</translation>
    </message>
    <message>
        <source>Remove the column…</source>
        <translation>Remove the column…</translation>
    </message>
</context>
<context>
    <name>SheetChooser</name>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>Term</translation>
    </message>
</context>
<context>
    <name>SheetEntry</name>
    <message>
        <source>Back to &quot;{text}&quot;</source>
        <translation>Back to &quot;{text}&quot;</translation>
    </message>
    <message>
        <source>History</source>
        <translation>History</translation>
    </message>
    <message>
        <source>No cell is blank.</source>
        <translation>No cell is blank.</translation>
    </message>
    <message>
        <source>Nothing here needs a decision.</source>
        <translation>Nothing here needs a decision.</translation>
    </message>
    <message>
        <source>The sheet has changed. &quot;{text}&quot; was not entered.</source>
        <translation>The sheet has changed. &quot;{text}&quot; was not entered.</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>There is nothing to redo.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>There is nothing to undo.</translation>
    </message>
</context>
<context>
    <name>SheetFilter</name>
    <message>
        <source>Blank</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Changed</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columns</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Not sent</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>To decide</translation>
    </message>
    <message>
        <source>Viewpoints</source>
        <translation>Viewpoints</translation>
    </message>
</context>
<context>
    <name>SheetTable</name>
    <message>
        <source>&quot;{title}&quot; is closed. Reopen it before changing a value.</source>
        <translation>&quot;{title}&quot; is closed. Reopen it before changing a value.</translation>
    </message>
    <message>
        <source>&quot;{title}&quot; takes A, B or C. &quot;{value}&quot; cannot be entered.</source>
        <translation>&quot;{title}&quot; takes A, B or C. &quot;{value}&quot; cannot be entered.</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; is neither a number nor a word such as &quot;absent&quot;.</source>
        <translation>&quot;{value}&quot; is neither a number nor a word such as &quot;absent&quot;.</translation>
    </message>
    <message>
        <source>/{points}</source>
        <translation>/{points}</translation>
    </message>
    <message>
        <source>A score is never below zero. {value} cannot be entered.</source>
        <translation>A score is never below zero. {value} cannot be entered.</translation>
    </message>
    <message>
        <source>ABC</source>
        <translation>ABC</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>Blank</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>Grade</translation>
    </message>
    <message>
        <source>Lowest–highest</source>
        <translation>Lowest–highest</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mean</translation>
    </message>
    <message>
        <source>Mean of selection</source>
        <translation>Mean of selection</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Number</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>Overall</source>
        <translation>Overall</translation>
    </message>
    <message>
        <source>Results of {term}</source>
        <translation>Results of {term}</translation>
    </message>
    <message>
        <source>Scores have at most two decimal places. {value} cannot be entered.</source>
        <translation>Scores have at most two decimal places. {value} cannot be entered.</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Spread</translation>
    </message>
    <message>
        <source>This column is for reading. It is decided elsewhere.</source>
        <translation>This column is for reading. It is decided elsewhere.</translation>
    </message>
    <message>
        <source>This pupil has left the class. Values stay as they were.</source>
        <translation>This pupil has left the class. Values stay as they were.</translation>
    </message>
    <message>
        <source>being saved</source>
        <translation>being saved</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>deferred</translation>
    </message>
    <message>
        <source>graduated</source>
        <translation>graduated</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>guest</translation>
    </message>
    <message>
        <source>left</source>
        <translation>left</translation>
    </message>
    <message>
        <source>moved away</source>
        <translation>moved away</translation>
    </message>
    <message>
        <source>needs a decision</source>
        <translation>needs a decision</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>not accepted</translation>
    </message>
    <message>
        <source>saved on this PC, no backup copy</source>
        <translation>saved on this PC, no backup copy</translation>
    </message>
    <message>
        <source>saved on this PC, not sent yet</source>
        <translation>saved on this PC, not sent yet</translation>
    </message>
    <message>
        <source>waiting; somebody else has changed it too</source>
        <translation>waiting; somebody else has changed it too</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Accept</source>
        <translation>Accept</translation>
    </message>
    <message>
        <source>Approve, or ask</source>
        <translation>Approve, or ask</translation>
    </message>
    <message>
        <source>Ask a colleague to settle it</source>
        <translation>Ask a colleague to settle it</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>Choose a column</translation>
    </message>
    <message>
        <source>Choose class and term</source>
        <translation>Choose class and term</translation>
    </message>
    <message>
        <source>Clear the class from this PC</source>
        <translation>Clear the class from this PC</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>Copy the list</translation>
    </message>
    <message>
        <source>Copy with pupils</source>
        <translation>Copy with pupils</translation>
    </message>
    <message>
        <source>Cover everything at once</source>
        <translation>Cover everything at once</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Cut</translation>
    </message>
    <message>
        <source>Decline, with the reason</source>
        <translation>Decline, with the reason</translation>
    </message>
    <message>
        <source>Do what this card asks</source>
        <translation>Do what this card asks</translation>
    </message>
    <message>
        <source>Edit inside the cell</source>
        <translation>Edit inside the cell</translation>
    </message>
    <message>
        <source>Empty the selected cells</source>
        <translation>Empty the selected cells</translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>Fill down</translation>
    </message>
    <message>
        <source>Fill right</source>
        <translation>Fill right</translation>
    </message>
    <message>
        <source>Find a pupil or a column</source>
        <translation>Find a pupil or a column</translation>
    </message>
    <message>
        <source>Find a pupil, a page or an act</source>
        <translation>Find a pupil, a page or an act</translation>
    </message>
    <message>
        <source>Find in this list</source>
        <translation>Find in this list</translation>
    </message>
    <message>
        <source>Give the old value back</source>
        <translation>Give the old value back</translation>
    </message>
    <message>
        <source>Go to the pupil of this number</source>
        <translation>Go to the pupil of this number</translation>
    </message>
    <message>
        <source>History of the cell</source>
        <translation>History of the cell</translation>
    </message>
    <message>
        <source>History of this pupil</source>
        <translation>History of this pupil</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>Keys of this page</translation>
    </message>
    <message>
        <source>List of reasons</source>
        <translation>List of reasons</translation>
    </message>
    <message>
        <source>Lock Keyaki</source>
        <translation>Lock Keyaki</translation>
    </message>
    <message>
        <source>Mark it to be restored, or not</source>
        <translation>Mark it to be restored, or not</translation>
    </message>
    <message>
        <source>Next blank cell</source>
        <translation>Next blank cell</translation>
    </message>
    <message>
        <source>Next cell that needs you</source>
        <translation>Next cell that needs you</translation>
    </message>
    <message>
        <source>Next column</source>
        <translation>Next column</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>Next mark</translation>
    </message>
    <message>
        <source>Next one</source>
        <translation>Next one</translation>
    </message>
    <message>
        <source>Next part of the page</source>
        <translation>Next part of the page</translation>
    </message>
    <message>
        <source>Next pupil</source>
        <translation>Next pupil</translation>
    </message>
    <message>
        <source>Note on the cell</source>
        <translation>Note on the cell</translation>
    </message>
    <message>
        <source>Open the pupil</source>
        <translation>Open the pupil</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Open the settings</translation>
    </message>
    <message>
        <source>Page after</source>
        <translation>Page after</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Page before</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Paste</translation>
    </message>
    <message>
        <source>Presenting on or off</source>
        <translation>Presenting on or off</translation>
    </message>
    <message>
        <source>Previous blank cell</source>
        <translation>Previous blank cell</translation>
    </message>
    <message>
        <source>Previous cell that needs you</source>
        <translation>Previous cell that needs you</translation>
    </message>
    <message>
        <source>Previous column</source>
        <translation>Previous column</translation>
    </message>
    <message>
        <source>Pupil before</source>
        <translation>Pupil before</translation>
    </message>
    <message>
        <source>Put the value into all selected cells</source>
        <translation>Put the value into all selected cells</translation>
    </message>
    <message>
        <source>Reason for the value of the cell</source>
        <translation>Reason for the value of the cell</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Report it lost</source>
        <translation>Report it lost</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>Restore all</translation>
    </message>
    <message>
        <source>Restore what is chosen</source>
        <translation>Restore what is chosen</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>Save the note</translation>
    </message>
    <message>
        <source>Say what is saved, and send</source>
        <translation>Say what is saved, and send</translation>
    </message>
    <message>
        <source>Send and receive</source>
        <translation>Send and receive</translation>
    </message>
    <message>
        <source>Settle with this</source>
        <translation>Settle with this</translation>
    </message>
    <message>
        <source>Show or hide the right panel</source>
        <translation>Show or hide the right panel</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>Take attendance</translation>
    </message>
    <message>
        <source>Take computed values over</source>
        <translation>Take computed values over</translation>
    </message>
    <message>
        <source>Take the value and go back</source>
        <translation>Take the value and go back</translation>
    </message>
    <message>
        <source>Take the value and go on</source>
        <translation>Take the value and go on</translation>
    </message>
    <message>
        <source>Try other cut-offs</source>
        <translation>Try other cut-offs</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>Write a daily note</source>
        <translation>Write a daily note</translation>
    </message>
</context>
<context>
    <name>Sign</name>
    <message>
        <source>Keyaki</source>
        <translation>Keyaki</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>Nothing has been sent yet</translation>
    </message>
    <message>
        <source>Offline (saved on this PC)</source>
        <translation>Offline (saved on this PC)</translation>
    </message>
    <message>
        <source>Sending waits: changes saved on this PC have to be restored first</source>
        <translation>Sending waits: changes saved on this PC have to be restored first</translation>
    </message>
    <message>
        <source>Sending… {done}/{total}</source>
        <translation>Sending… {done}/{total}</translation>
    </message>
    <message>
        <source>Sent {time}</source>
        <translation>Sent {time}</translation>
    </message>
    <message>
        <source>The server is slow to answer (saved on this PC)</source>
        <translation>The server is slow to answer (saved on this PC)</translation>
    </message>
    <message>
        <source>This PC has been blocked (E-2101)</source>
        <translation>This PC has been blocked (E-2101)</translation>
    </message>
</context>
<context>
    <name>SummingUpPage</name>
    <message>
        <source>Class</source>
        <translation>Class</translation>
    </message>
    <message>
        <source>List</source>
        <translation>List</translation>
    </message>
    <message>
        <source>No course to grade</source>
        <translation>No course to grade</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>Ratings</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Show</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</translation>
    </message>
    <message>
        <source>Take over…</source>
        <translation>Take over…</translation>
    </message>
    <message>
        <source>The courses you are in charge of appear here once the school has entered your duties.</source>
        <translation>The courses you are in charge of appear here once the school has entered your duties.</translation>
    </message>
    <message>
        <source>This course is being loaded</source>
        <translation>This course is being loaded</translation>
    </message>
    <message>
        <source>Try cut-offs</source>
        <translation>Try cut-offs</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it is saved on this PC. It is sent by itself as soon as there is a connection.</source>
        <translation>All of it is saved on this PC. It is sent by itself as soon as there is a connection.</translation>
    </message>
    <message>
        <source>Changes not accepted</source>
        <translation>Changes not accepted</translation>
    </message>
    <message>
        <source>Changes sent after your duty ended</source>
        <translation>Changes sent after your duty ended</translation>
    </message>
    <message>
        <source>Decide now</source>
        <translation>Decide now</translation>
    </message>
    <message>
        <source>Everything you entered has reached the school.</source>
        <translation>Everything you entered has reached the school.</translation>
    </message>
    <message>
        <source>It is off this list.</source>
        <translation>It is off this list.</translation>
    </message>
    <message>
        <source>It is sent again, based on what is there now.</source>
        <translation>It is sent again, based on what is there now.</translation>
    </message>
    <message>
        <source>Last sent and received: {time}</source>
        <translation>Last sent and received: {time}</translation>
    </message>
    <message>
        <source>Late changes to decide</source>
        <translation>Late changes to decide</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Look at them</translation>
    </message>
    <message>
        <source>Send and receive now</source>
        <translation>Send and receive now</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>Sync</translation>
    </message>
    <message>
        <source>The change was withdrawn. The school&apos;s value stands.</source>
        <translation>The change was withdrawn. The school&apos;s value stands.</translation>
    </message>
    <message>
        <source>They were sent after their author&apos;s duty had ended.</source>
        <translation>They were sent after their author&apos;s duty had ended.</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Waiting to be sent</translation>
    </message>
</context>
<context>
    <name>SyncSource</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
    <message>
        <source>Changes not accepted</source>
        <translation>Changes not accepted</translation>
    </message>
    <message>
        <source>Changes saved on this PC have to be restored first.</source>
        <translation>Changes saved on this PC have to be restored first.</translation>
    </message>
    <message>
        <source>Check and restore</source>
        <translation>Check and restore</translation>
    </message>
    <message>
        <source>Compare and decide</source>
        <translation>Compare and decide</translation>
    </message>
    <message>
        <source>Late changes</source>
        <translation>Late changes</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Look at them</translation>
    </message>
    <message>
        <source>Needs your decision</source>
        <translation>Needs your decision</translation>
    </message>
    <message>
        <source>Nothing saved is lost by waiting.</source>
        <translation>Nothing saved is lost by waiting.</translation>
    </message>
    <message>
        <source>Restore changes</source>
        <translation>Restore changes</translation>
    </message>
    <message>
        <source>See what waits</source>
        <translation>See what waits</translation>
    </message>
    <message>
        <source>See why</source>
        <translation>See why</translation>
    </message>
    <message>
        <source>Sending waits</source>
        <translation>Sending waits</translation>
    </message>
    <message>
        <source>The school did not take them.</source>
        <translation>The school did not take them.</translation>
    </message>
    <message>
        <source>They are sent by themselves once there is a connection.</source>
        <translation>They are sent by themselves once there is a connection.</translation>
    </message>
    <message>
        <source>They were sent after their author&apos;s duty had ended.</source>
        <translation>They were sent after their author&apos;s duty had ended.</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Waiting to be sent</translation>
    </message>
    <message>
        <source>What you entered is kept.</source>
        <translation>What you entered is kept.</translation>
    </message>
    <message numerus="yes">
        <source>change(s)</source>
        <translation>
            <numerusform>change</numerusform>
            <numerusform>changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change(s) on this PC alone</source>
        <translation>
            <numerusform>change on this PC alone</numerusform>
            <numerusform>changes on this PC alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change(s) to decide</source>
        <translation>
            <numerusform>change to decide</numerusform>
            <numerusform>changes to decide</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>field(s) differ</source>
        <translation>
            <numerusform>field differs</numerusform>
            <numerusform>fields differ</numerusform>
        </translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>since {time}</translation>
    </message>
    <message>
        <source>{who} changed it too ({time}, {pc})</source>
        <translation>{who} changed it too ({time}, {pc})</translation>
    </message>
</context>
<context>
    <name>TakeOver</name>
    <message>
        <source>After</source>
        <translation>After</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Column</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
</context>
<context>
    <name>TakeOverPreview</name>
    <message numerus="yes">
        <source>%n value(s) that are there now would be replaced.</source>
        <translation>
            <numerusform>%n value that is there now would be replaced.</numerusform>
            <numerusform>%n values that are there now would be replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) would be entered.</source>
        <translation>
            <numerusform>%n value would be entered.</numerusform>
            <numerusform>%n values would be entered.</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>All</translation>
    </message>
    <message>
        <source>Blank ones</source>
        <translation>Blank ones</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>Nothing would change.</translation>
    </message>
    <message>
        <source>Reason for these cut-offs</source>
        <translation>Reason for these cut-offs</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Take over</translation>
    </message>
    <message>
        <source>Take over computed values</source>
        <translation>Take over computed values</translation>
    </message>
    <message>
        <source>Which cells</source>
        <translation>Which cells</translation>
    </message>
    <message>
        <source>decided by hand</source>
        <translation>decided by hand</translation>
    </message>
</context>
<context>
    <name>TakeoutPage</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask for a take-out</source>
        <translation>Ask for a take-out</translation>
    </message>
    <message>
        <source>Asked for. A head decides.</source>
        <translation>Asked for. A head decides.</translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>Exported.</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>Ledger</translation>
    </message>
    <message>
        <source>No take-outs</source>
        <translation>No take-outs</translation>
    </message>
    <message>
        <source>Sending everything first…</source>
        <translation>Sending everything first…</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Shown</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Sign in again</translation>
    </message>
    <message>
        <source>Take-outs</source>
        <translation>Take-outs</translation>
    </message>
    <message>
        <source>Tick at least one class.</source>
        <translation>Tick at least one class.</translation>
    </message>
    <message>
        <source>To work outside the school, ask for a take-out. A head approves it.</source>
        <translation>To work outside the school, ask for a take-out. A head approves it.</translation>
    </message>
    <message>
        <source>Write the reason first: the teacher reads it.</source>
        <translation>Write the reason first: the teacher reads it.</translation>
    </message>
    <message>
        <source>take-outs {day}</source>
        <translation>take-outs {day}</translation>
    </message>
</context>
<context>
    <name>TakeoutSource</name>
    <message>
        <source>Extending it needs a head&apos;s approval.</source>
        <translation>Extending it needs a head&apos;s approval.</translation>
    </message>
    <message>
        <source>Nothing you entered is lost when it ends.</source>
        <translation>Nothing you entered is lost when it ends.</translation>
    </message>
    <message>
        <source>Return it</source>
        <translation>Return it</translation>
    </message>
    <message>
        <source>Take-out</source>
        <translation>Take-out</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>until {time}</translation>
    </message>
</context>
<context>
    <name>Takeouts</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Classes</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>Declined</translation>
    </message>
    <message>
        <source>Ended by the school</source>
        <translation>Ended by the school</translation>
    </message>
    <message>
        <source>From and until</source>
        <translation>From and until</translation>
    </message>
    <message>
        <source>Not returned in time</source>
        <translation>Not returned in time</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Over</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>Returned</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Taken back</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>Taken out</translation>
    </message>
    <message>
        <source>Waiting for a decision</source>
        <translation>Waiting for a decision</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>What happened</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>approved</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>asked for</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>declined</translation>
    </message>
    <message>
        <source>ended by the school</source>
        <translation>ended by the school</translation>
    </message>
    <message>
        <source>over</source>
        <translation>over</translation>
    </message>
    <message>
        <source>permission renewed on the PC</source>
        <translation>permission renewed on the PC</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>returned</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>taken back</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>taken out</translation>
    </message>
    <message>
        <source>{count} records</source>
        <translation>{count} records</translation>
    </message>
    <message>
        <source>{purpose}: {text}</source>
        <translation>{purpose}: {text}</translation>
    </message>
    <message>
        <source>{since} to {until}</source>
        <translation>{since} to {until}</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message numerus="yes">
        <source>%n pupil(s)</source>
        <translation>
            <numerusform>%n pupil</numerusform>
            <numerusform>%n pupils</numerusform>
        </translation>
    </message>
    <message>
        <source>Data up to {time}</source>
        <translation>Data up to {time}</translation>
    </message>
    <message>
        <source>Find a pupil or a page</source>
        <translation>Find a pupil or a page</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>Nothing waits for you</translation>
    </message>
    <message>
        <source>Records are on their way</source>
        <translation>Records are on their way</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>What is to be done today appears here as soon as your classes are on this PC.</source>
        <translation>What is to be done today appears here as soon as your classes are on this PC.</translation>
    </message>
    <message>
        <source>Whatever needs you appears here: attendance, scores that are missing, and what differs.</source>
        <translation>Whatever needs you appears here: attendance, scores that are missing, and what differs.</translation>
    </message>
</context>
<context>
    <name>TrialBand</name>
    <message numerus="yes">
        <source>%n pupil(s) would get another value</source>
        <translation>
            <numerusform>%n pupil would get another value</numerusform>
            <numerusform>%n pupils would get another value</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to the rule</source>
        <translation>Back to the rule</translation>
    </message>
    <message>
        <source>Cut-offs to try</source>
        <translation>Cut-offs to try</translation>
    </message>
    <message>
        <source>End the trial</source>
        <translation>End the trial</translation>
    </message>
    <message>
        <source>Nothing is changed by trying.</source>
        <translation>Nothing is changed by trying.</translation>
    </message>
    <message>
        <source>Rule: {rule}</source>
        <translation>Rule: {rule}</translation>
    </message>
    <message>
        <source>Take over…</source>
        <translation>Take over…</translation>
    </message>
</context>
<context>
    <name>UnlockPanel</name>
    <message>
        <source>Another teacher</source>
        <translation>Another teacher</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>Open the page again</translation>
    </message>
    <message>
        <source>Please sign in with the browser</source>
        <translation>Please sign in with the browser</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Sign in with the browser</translation>
    </message>
    <message>
        <source>Teacher without a name yet</source>
        <translation>Teacher without a name yet</translation>
    </message>
    <message>
        <source>This goes on by itself when you have finished there.</source>
        <translation>This goes on by itself when you have finished there.</translation>
    </message>
    <message>
        <source>Which school?</source>
        <translation>Which school?</translation>
    </message>
    <message>
        <source>Who is working?</source>
        <translation>Who is working?</translation>
    </message>
    <message>
        <source>You are signed in. Please go back to Keyaki.</source>
        <translation>You are signed in. Please go back to Keyaki.</translation>
    </message>
    <message>
        <source>Your school&apos;s sign-in page opens in the browser.</source>
        <translation>Your school&apos;s sign-in page opens in the browser.</translation>
    </message>
</context>
<context>
    <name>Values</name>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>a call</source>
        <translation>a call</translation>
    </message>
    <message>
        <source>a character is missing</source>
        <translation>a character is missing</translation>
    </message>
    <message>
        <source>a character of its own</source>
        <translation>a character of its own</translation>
    </message>
    <message>
        <source>a correction</source>
        <translation>a correction</translation>
    </message>
    <message>
        <source>a notice</source>
        <translation>a notice</translation>
    </message>
    <message>
        <source>a visit</source>
        <translation>a visit</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>admitted</source>
        <translation>admitted</translation>
    </message>
    <message>
        <source>all characters known</source>
        <translation>all characters known</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>an import</translation>
    </message>
    <message>
        <source>cannot be rated</source>
        <translation>cannot be rated</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>deferred</translation>
    </message>
    <message>
        <source>exempt</source>
        <translation>exempt</translation>
    </message>
    <message>
        <source>first enrolment</source>
        <translation>first enrolment</translation>
    </message>
    <message>
        <source>from another school</source>
        <translation>from another school</translation>
    </message>
    <message>
        <source>graduated</source>
        <translation>graduated</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>guest</translation>
    </message>
    <message>
        <source>no</source>
        <translation>no</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>not done</translation>
    </message>
    <message>
        <source>not handed in</source>
        <translation>not handed in</translation>
    </message>
    <message>
        <source>otherwise</source>
        <translation>otherwise</translation>
    </message>
    <message>
        <source>own class</source>
        <translation>own class</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>pending</translation>
    </message>
    <message>
        <source>study group</source>
        <translation>study group</translation>
    </message>
    <message>
        <source>the app</source>
        <translation>the app</translation>
    </message>
    <message>
        <source>the teacher</source>
        <translation>the teacher</translation>
    </message>
    <message>
        <source>to another school</source>
        <translation>to another school</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>withdrawn</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>yes</translation>
    </message>
</context>
<context>
    <name>WaitingTable</name>
    <message>
        <source>Class and subject</source>
        <translation>Class and subject</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>School</source>
        <translation>School</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Waiting</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>A from {a} %, B from {b} %</source>
        <translation>A from {a} %, B from {b} %</translation>
    </message>
    <message>
        <source>Board of education</source>
        <translation>Board of education</translation>
    </message>
    <message>
        <source>Elementary</source>
        <translation>Elementary</translation>
    </message>
    <message>
        <source>Every subject</source>
        <translation>Every subject</translation>
    </message>
    <message>
        <source>Junior high</source>
        <translation>Junior high</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Mark</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Prefecture</source>
        <translation>Prefecture</translation>
    </message>
    <message>
        <source>Set by</source>
        <translation>Set by</translation>
    </message>
    <message>
        <source>This school</source>
        <translation>This school</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>What it means</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>absent</translation>
    </message>
    <message>
        <source>counts as {what}</source>
        <translation>counts as {what}</translation>
    </message>
    <message>
        <source>late</source>
        <translation>late</translation>
    </message>
    <message>
        <source>left early</source>
        <translation>left early</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>not decided</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>suspended</translation>
    </message>
    <message>
        <source>what was not handed in counts as nothing</source>
        <translation>what was not handed in counts as nothing</translation>
    </message>
</context>
<context>
    <name>WaysPage</name>
    <message>
        <source>Attendance</source>
        <translation>Attendance</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Letters</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>Ratings</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Reasons</translation>
    </message>
    <message>
        <source>School rules</source>
        <translation>School rules</translation>
    </message>
    <message>
        <source>Set by: {level}</source>
        <translation>Set by: {level}</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Terms</translation>
    </message>
    <message>
        <source>The academic affairs teacher decides these for the school, the board of education for all its schools. What the school has decided itself comes first.</source>
        <translation>The academic affairs teacher decides these for the school, the board of education for all its schools. What the school has decided itself comes first.</translation>
    </message>
    <message>
        <source>This school&apos;s own.</source>
        <translation>This school&apos;s own.</translation>
    </message>
</context>
<context>
    <name>WorkForm</name>
    <message>
        <source>A title has at most {limit} characters.</source>
        <translation>A title has at most {limit} characters.</translation>
    </message>
    <message>
        <source>A unit has at most {limit} characters.</source>
        <translation>A unit has at most {limit} characters.</translation>
    </message>
    <message>
        <source>A, B, C</source>
        <translation>A, B, C</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Choose at least one viewpoint it counts for.</source>
        <translation>Choose at least one viewpoint it counts for.</translation>
    </message>
    <message>
        <source>Counts for</source>
        <translation>Counts for</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Give it a title.</source>
        <translation>Give it a title.</translation>
    </message>
    <message>
        <source>It has {limit} scores already, so it cannot be marked in another way.</source>
        <translation>It has {limit} scores already, so it cannot be marked in another way.</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Kind</translation>
    </message>
    <message>
        <source>Marked with</source>
        <translation>Marked with</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>Such as: 9/9</source>
        <translation>Such as: 9/9</translation>
    </message>
    <message>
        <source>Such as: division</source>
        <translation>Such as: division</translation>
    </message>
    <message>
        <source>Such as: quiz 1</source>
        <translation>Such as: quiz 1</translation>
    </message>
    <message>
        <source>This is no day. Write it as 9/9, or leave it empty.</source>
        <translation>This is no day. Write it as 9/9, or leave it empty.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Title</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Units</translation>
    </message>
    <message>
        <source>Weight %</source>
        <translation>Weight %</translation>
    </message>
    <message>
        <source>{name}: the maximum is a number above zero.</source>
        <translation>{name}: the maximum is a number above zero.</translation>
    </message>
    <message>
        <source>{name}: the weight is a number from 0 to 999.</source>
        <translation>{name}: the weight is a number from 0 to 999.</translation>
    </message>
    <message>
        <source>{name}: there is a score of {limit} already.</source>
        <translation>{name}: there is a score of {limit} already.</translation>
    </message>
</context>
<context>
    <name>WorkList</name>
    <message>
        <source>Evidence</source>
        <translation>Evidence</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Weight</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>not yet</translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message>
        <source>Late text</source>
        <translation>Late text</translation>
    </message>
    <message>
        <source>The school&apos;s text</source>
        <translation>The school&apos;s text</translation>
    </message>
</context>
</TS>
