<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>Acts</name>
    <message>
        <source>Approved. The teacher can begin the take-out.</source>
        <translation>許可しました。申請した先生は持ち出しを始められます。</translation>
    </message>
    <message>
        <source>Declined. The teacher reads the reason.</source>
        <translation>許可しませんでした。理由は申請した先生に届きます。</translation>
    </message>
    <message>
        <source>Ended. The PC hears it when it next reaches the school.</source>
        <translation>取り消しました。端末には、次に学校につながったときに届きます。</translation>
    </message>
    <message>
        <source>Returned. Thank you. Your other classes are being loaded.</source>
        <translation>返却しました。おつかれさまでした。ほかの学級を読み込んでいます。</translation>
    </message>
    <message>
        <source>The request was taken back.</source>
        <translation>申請を取り下げました。</translation>
    </message>
    <message>
        <source>The take-out has begun. This PC keeps only these classes.</source>
        <translation>持ち出しを始めました。この端末には、この学級だけを残しています。</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Changes were kept on this PC that may not have reached the school.</source>
        <translation>学校に届いていないかもしれない変更が、このPCに残っています。</translation>
    </message>
    <message>
        <source>Check and restore</source>
        <translation>たしかめて戻す</translation>
    </message>
    <message>
        <source>Keyaki</source>
        <translation>けやき</translation>
    </message>
</context>
<context>
    <name>AskPin</name>
    <message numerus="yes">
        <source>%n change(s) wait to be sent.</source>
        <translation>
            <numerusform>未送信が%n件あります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Back</source>
        <translation>もどる</translation>
    </message>
    <message>
        <source>Forgot the PIN</source>
        <translation>PINを忘れた</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>PIN of this PC</source>
        <translation>この端末のPIN</translation>
    </message>
    <message>
        <source>Teacher without a name yet</source>
        <translation>名前が未登録の先生</translation>
    </message>
</context>
<context>
    <name>AttendancePage</name>
    <message>
        <source>Attendance</source>
        <translation>出欠</translation>
    </message>
    <message>
        <source>No class to take</source>
        <translation>担当の学級がありません</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Roll call</source>
        <translation>出欠</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>この端末にすべてそろうと表示します。この端末から消したときは、「端末」の画面でもう一度受け取れます。</translation>
    </message>
    <message>
        <source>The classes you are in charge of appear here once the school has entered your duties.</source>
        <translation>学校が分掌を登録すると、担当の学級がここに表示されます。</translation>
    </message>
    <message>
        <source>This class is being loaded</source>
        <translation>この学級を読み込んでいます</translation>
    </message>
    <message>
        <source>This day cannot be taken here, or not yet.</source>
        <translation>この日の出欠は、ここではまだ確定できません。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>AttendanceSource</name>
    <message>
        <source>Attendance {name}</source>
        <translation>出欠 {name}</translation>
    </message>
    <message>
        <source>Nobody has said yet who is here today.</source>
        <translation>今日の出欠は、まだ取っていません。</translation>
    </message>
    <message>
        <source>Not taken yet</source>
        <translation>まだ取っていません</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>出欠を取る</translation>
    </message>
    <message>
        <source>This is not the same as all present.</source>
        <translation>全員出席とはちがいます</translation>
    </message>
    <message numerus="yes">
        <source>pupil(s)</source>
        <translation>
            <numerusform>人</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BeginAnew</name>
    <message>
        <source>Back</source>
        <translation>もどる</translation>
    </message>
    <message>
        <source>Set up this PC anew?</source>
        <translation>この端末を新しく設定しますか</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>ブラウザでサインイン</translation>
    </message>
    <message>
        <source>You sign in and choose a new PIN, and the records come from the school again. Nothing here is deleted: what was saved and not sent yet is in a sealed copy that only the school can read, and you decide what of it is restored.</source>
        <translation>サインインして新しいPINを決めると、記録を学校から受け取りなおします。この端末の内容は消しません。保存して未送信の変更は、学校だけが読める控えに入っています。何を戻すかは、あとで確認して決められます。</translation>
    </message>
</context>
<context>
    <name>BookEntry</name>
    <message numerus="yes">
        <source>%n value(s) taken over.</source>
        <translation>
            <numerusform>%n個の値を入れました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Lists are pasted into the scores. Here every value is a decision.</source>
        <translation>一覧の貼り付けは成績入力で行います。ここでは一つずつ決めます。</translation>
    </message>
    <message>
        <source>No cell is blank.</source>
        <translation>空いている欄はありません。</translation>
    </message>
    <message>
        <source>Nothing here needs a decision.</source>
        <translation>確認が必要な欄はありません。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>やり直せる操作はありません。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>元に戻せる操作はありません。</translation>
    </message>
</context>
<context>
    <name>BookTable</name>
    <message>
        <source>&quot;{column}&quot; takes {values}. &quot;{text}&quot; cannot be entered.</source>
        <translation>「{column}」に入るのは{values}です。「{text}」は入れられません。</translation>
    </message>
    <message>
        <source>/</source>
        <translation>／</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>By rule</source>
        <translation>計算</translation>
    </message>
    <message>
        <source>By the rule</source>
        <translation>規則どおり</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>決定</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Only the teachers of this course decide its values.</source>
        <translation>値を決められるのは、この教科の担当の先生だけです。</translation>
    </message>
    <message>
        <source>Overall grade</source>
        <translation>評定</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>There is no overall grade in this pupil&apos;s year.</source>
        <translation>この学年に評定はありません。</translation>
    </message>
    <message>
        <source>This pupil has left the class. Values stay as they were.</source>
        <translation>この児童生徒は転出しています。値はそのまま残ります。</translation>
    </message>
    <message>
        <source>This subject is not taught in this year, so nothing is graded.</source>
        <translation>この学年にはない教科のため、評価は付けられません。</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>With the trial</source>
        <translation>試した境目</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手で決定</translation>
    </message>
    <message>
        <source>computed value has changed since</source>
        <translation>決めたあとで計算が変わりました</translation>
    </message>
    <message>
        <source>differs, no reason yet</source>
        <translation>計算とちがう（理由なし）</translation>
    </message>
    <message>
        <source>grade unusual for these letters</source>
        <translation>この観点の組み合わせではあまりない評定</translation>
    </message>
    <message>
        <source>graded with a blank viewpoint</source>
        <translation>評定があるのに空欄の観点があります</translation>
    </message>
    <message>
        <source>highest and lowest mark together</source>
        <translation>いちばん上と下の評価が一つの教科にあります</translation>
    </message>
    <message>
        <source>no evidence</source>
        <translation>評価材料なし</translation>
    </message>
    <message>
        <source>some viewpoints are blank</source>
        <translation>空欄の観点があります</translation>
    </message>
</context>
<context>
    <name>BulkButton</name>
    <message>
        <source>Decide several</source>
        <translation>まとめて決める</translation>
    </message>
    <message>
        <source>Take the values now</source>
        <translation>いまの値にする</translation>
    </message>
    <message>
        <source>Take what came later</source>
        <translation>新しい方にする</translation>
    </message>
    <message>
        <source>Take what is not blank</source>
        <translation>空欄でない方にする</translation>
    </message>
</context>
<context>
    <name>BulkPreview</name>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Decide several</source>
        <translation>まとめて決める</translation>
    </message>
    <message numerus="yes">
        <source>Settle %n field(s)</source>
        <translation>
            <numerusform>%n欄を決める</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the values now</source>
        <translation>いまの値にする</translation>
    </message>
    <message>
        <source>Take what came later</source>
        <translation>新しい方にする</translation>
    </message>
    <message>
        <source>Take what is not blank</source>
        <translation>空欄でない方にする</translation>
    </message>
    <message>
        <source>This is one act. All values stay in the history.</source>
        <translation>まとめて一度に決めます。どの値も履歴に残ります。</translation>
    </message>
</context>
<context>
    <name>BulkTable</name>
    <message>
        <source>Field</source>
        <translation>欄</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>いまの値</translation>
    </message>
    <message>
        <source>Value that arrived</source>
        <translation>届いた値</translation>
    </message>
    <message>
        <source>left to you</source>
        <translation>あとで決めます</translation>
    </message>
</context>
<context>
    <name>CaseColumn</name>
    <message>
        <source>Fields that only one side changed were put together. All of it is in the history.</source>
        <translation>片方だけが直した欄は、たずねずにまとめます。
どれも履歴に残ります。</translation>
    </message>
</context>
<context>
    <name>CaseTable</name>
    <message>
        <source>Asked of you</source>
        <translation>頼まれている確認</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>そのほか</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>ちがいの確認</translation>
    </message>
    <message>
        <source>asked {who}</source>
        <translation>{who}に頼みました</translation>
    </message>
    <message>
        <source>changed together</source>
        <translation>一緒に直された欄</translation>
    </message>
    <message>
        <source>from {who}</source>
        <translation>{who}から</translation>
    </message>
</context>
<context>
    <name>CellActs</name>
    <message>
        <source>&quot;{value}&quot; is restored.</source>
        <translation>「{value}」に戻しました。</translation>
    </message>
    <message numerus="yes">
        <source>%n pupil(s) copied, with their ids.</source>
        <translation>
            <numerusform>%n人分を学籍IDつきでコピーしました。</numerusform>
        </translation>
    </message>
    <message>
        <source>A note is written beside a score. Enter one first.</source>
        <translation>メモは得点にそえて書きます。先に得点を入れてください。</translation>
    </message>
    <message>
        <source>The cell is blank again.</source>
        <translation>空欄に戻しました。</translation>
    </message>
</context>
<context>
    <name>CellSide</name>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Being saved</source>
        <translation>保存しています</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>確認する</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>受け付けられませんでした</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Official spelling differs</source>
        <translation>公式表記あり</translation>
    </message>
    <message>
        <source>Pupil after</source>
        <translation>次の人</translation>
    </message>
    <message>
        <source>Pupil before</source>
        <translation>前の人</translation>
    </message>
    <message>
        <source>Same unit</source>
        <translation>同じ単元</translation>
    </message>
    <message>
        <source>Saved, no backup copy</source>
        <translation>保存（控えなし）</translation>
    </message>
    <message>
        <source>This cell</source>
        <translation>この欄</translation>
    </message>
    <message>
        <source>Value before</source>
        <translation>前の値</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>いまの値</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>in this class until {day}</source>
        <translation>{day}まで在籍</translation>
    </message>
    <message>
        <source>out of {points}</source>
        <translation>{points}点満点</translation>
    </message>
    <message>
        <source>{title} over the term</source>
        <translation>{title}のうつりかわり</translation>
    </message>
</context>
<context>
    <name>ChangePin</name>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>変える</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>PINを変える</translation>
    </message>
    <message numerus="yes">
        <source>New PIN, at least %n characters</source>
        <translation>
            <numerusform>新しいPIN（%n文字以上）</numerusform>
        </translation>
    </message>
    <message>
        <source>PIN of now</source>
        <translation>いまのPIN</translation>
    </message>
    <message>
        <source>The new PIN opens this PC alone.</source>
        <translation>新しいPINで開くのは、この端末だけです。</translation>
    </message>
    <message>
        <source>The new one once more</source>
        <translation>もう一度、新しいPIN</translation>
    </message>
    <message>
        <source>The two lines are not the same.</source>
        <translation>2つの入力が同じではありません。</translation>
    </message>
    <message>
        <source>This is the PIN of now.</source>
        <translation>いまと同じPINです。</translation>
    </message>
</context>
<context>
    <name>ChoosePin</name>
    <message numerus="yes">
        <source>At least %n characters</source>
        <translation>
            <numerusform>%n文字以上</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Choose a PIN for this PC</source>
        <translation>この端末のPINを決めてください</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>もう一度、同じPIN</translation>
    </message>
    <message>
        <source>The two lines are not the same.</source>
        <translation>2つの欄が同じではありません。</translation>
    </message>
    <message>
        <source>Use this PIN</source>
        <translation>このPINにする</translation>
    </message>
    <message>
        <source>You will type it whenever Keyaki starts here. It is not the password of your account, and nobody can look it up.</source>
        <translation>この端末でけやきを開くたびに入力します。アカウントのパスワードとは別のもので、ほかの人が調べることはできません。</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>After</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>学級</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>座席</translation>
    </message>
    <message>
        <source>View</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>When</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>年間</translation>
    </message>
</context>
<context>
    <name>ClassesCard</name>
    <message numerus="yes">
        <source>%n pupil(s)</source>
        <translation>
            <numerusform>%n人</numerusform>
        </translation>
    </message>
    <message>
        <source>Attendance</source>
        <translation>出欠</translation>
    </message>
    <message>
        <source>My classes</source>
        <translation>わたしの学級・授業</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>名簿</translation>
    </message>
</context>
<context>
    <name>ColumnActs</name>
    <message>
        <source>&quot;{title}&quot; is closed.</source>
        <translation>「{title}」を確定しました。</translation>
    </message>
    <message>
        <source>&quot;{title}&quot; is open again.</source>
        <translation>「{title}」の確定を解きました。</translation>
    </message>
    <message>
        <source>&quot;{title}&quot; was removed.</source>
        <translation>「{title}」を消しました。</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) need your decision before this can be closed.</source>
        <translation>
            <numerusform>確認が必要な欄が%n件あるため、確定できません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n score(s) will be removed with it.</source>
        <translation>
            <numerusform>入力してある%n件の得点もいっしょに消えます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Add</source>
        <translation>足す</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>列を足す</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>直す</translation>
    </message>
    <message>
        <source>Change the column</source>
        <translation>列を直す</translation>
    </message>
    <message numerus="yes">
        <source>It has %n column(s), one for each viewpoint.</source>
        <translation>
            <numerusform>観点ごとに%n列あります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>消さない</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>消す</translation>
    </message>
    <message>
        <source>Remove &quot;{title}&quot;?</source>
        <translation>「{title}」を消しますか。</translation>
    </message>
    <message>
        <source>Somebody has changed this column meanwhile. Close this and look again.</source>
        <translation>ほかの人がこの列を直しました。いったん閉じて、もう一度見てください。</translation>
    </message>
    <message>
        <source>Somebody has changed this column meanwhile. Nothing was removed.</source>
        <translation>ほかの人がこの列を直しました。何も消していません。</translation>
    </message>
    <message>
        <source>This can be undone.</source>
        <translation>元に戻せます。</translation>
    </message>
    <message>
        <source>This column is closed. Open it again before changing it.</source>
        <translation>この列は確定しています。確定を解いてから直してください。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>ColumnSide</name>
    <message>
        <source>Blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中央値</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>範囲</translation>
    </message>
    <message>
        <source>This column</source>
        <translation>この列</translation>
    </message>
</context>
<context>
    <name>ColumnTable</name>
    <message>
        <source>{column} blank</source>
        <translation>{column} 空欄</translation>
    </message>
</context>
<context>
    <name>ComparisonCard</name>
    <message>
        <source>Check everything now</source>
        <translation>今すぐ確かめる</translation>
    </message>
    <message numerus="yes">
        <source>Checked {time}: %n record(s) differed and were put right. What you entered was not touched.</source>
        <translation>
            <numerusform>{time}に確かめました。ちがっていた%n件を学校の記録に直しました。入力したものはそのままです。</numerusform>
        </translation>
    </message>
    <message>
        <source>Checked {time}: every record on this PC is the same as at the school.</source>
        <translation>{time}に確かめました。この端末の記録は、すべて学校の記録と同じです。</translation>
    </message>
    <message>
        <source>Every record on this PC is being checked against the school&apos;s…</source>
        <translation>この端末の記録を、学校の記録とすべて照らし合わせています…</translation>
    </message>
    <message>
        <source>Everything is checked as soon as the school can be reached.</source>
        <translation>学校につながったら、すべて照らし合わせます。</translation>
    </message>
    <message>
        <source>Records on this PC</source>
        <translation>この端末の記録</translation>
    </message>
    <message>
        <source>The records on this PC have not been checked against the school&apos;s yet.</source>
        <translation>学校の記録との照らし合わせは、まだしていません。</translation>
    </message>
    <message>
        <source>This is done by itself once a day.</source>
        <translation>1日に1回、自動で照らし合わせます。</translation>
    </message>
</context>
<context>
    <name>Conflicts</name>
    <message>
        <source>Nobody had entered one</source>
        <translation>だれも入れていません</translation>
    </message>
    <message>
        <source>Original value</source>
        <translation>元の値</translation>
    </message>
    <message>
        <source>The other change</source>
        <translation>もう一つの変更</translation>
    </message>
    <message>
        <source>The same field was changed on another PC ({time}, {pc}). Please choose one. Both stay in the history.</source>
        <translation>別の端末でも同じ欄を直していました（{time}、{pc}）。どちらにするか選んでください。両方とも履歴に残ります。</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>この端末</translation>
    </message>
    <message>
        <source>Value now</source>
        <translation>いまの値</translation>
    </message>
    <message>
        <source>You asked {who} to settle this.</source>
        <translation>{who}に、この確認を頼みました。</translation>
    </message>
    <message>
        <source>as the school has it</source>
        <translation>サーバーにある値</translation>
    </message>
    <message>
        <source>before both changes</source>
        <translation>2人が直す前</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>differences are underlined</source>
        <translation>違うところに線</translation>
    </message>
    <message>
        <source>the school&apos;s server</source>
        <translation>学校のサーバー</translation>
    </message>
    <message>
        <source>this PC: {name}</source>
        <translation>この端末・{name}</translation>
    </message>
    <message>
        <source>up to {max}</source>
        <translation>{max}点まで</translation>
    </message>
    <message>
        <source>{by} asked you to settle this.</source>
        <translation>{by}から、この確認を頼まれています。</translation>
    </message>
    <message>
        <source>{by} asked {who} to settle this.</source>
        <translation>{by}が{who}に、この確認を頼みました。</translation>
    </message>
    <message>
        <source>{field} ({day})</source>
        <translation>{field}（{day}）</translation>
    </message>
    <message>
        <source>{name} (you)</source>
        <translation>{name}（あなた）</translation>
    </message>
    <message>
        <source>{who} also changed this field ({time}, {pc}). Please choose one. Both stay in the history.</source>
        <translation>{who}も同じ欄を直していました（{time}、{pc}）。どちらにするか選んでください。両方とも履歴に残ります。</translation>
    </message>
    <message>
        <source>{who} was asked to settle this, and may not any more. Please ask somebody else.</source>
        <translation>{who}に頼んでありますが、いまはこの確認をする権限がありません。ほかの先生に頼んでください。</translation>
    </message>
</context>
<context>
    <name>ConflictsPage</name>
    <message numerus="yes">
        <source>%n field(s) settled. All values stay in the history.</source>
        <translation>
            <numerusform>%n欄を決めました。どの値も履歴に残ります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>A sentence without names and values was copied.</source>
        <translation>名前と値を含まない文をコピーしました。</translation>
    </message>
    <message>
        <source>About {place}, {field}: two values were entered. May I ask you which one is right?</source>
        <translation>{place}「{field}」の欄に、2つの値が入っています。どちらが正しいか教えてください。</translation>
    </message>
    <message>
        <source>Choose 1, 2 or 3 first.</source>
        <translation>先に1・2・3のどれかを選んでください。</translation>
    </message>
    <message>
        <source>Nobody is asked to settle this any more.</source>
        <translation>頼んだことを取り消しました。</translation>
    </message>
    <message>
        <source>Nothing needs a decision</source>
        <translation>確認が必要な欄はありません</translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation>成績を開く</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>ちがいの確認</translation>
    </message>
    <message>
        <source>When two people change the same field, both values are kept and shown here.</source>
        <translation>2人が同じ欄を直したとき、両方の値を残してここに表示します。</translation>
    </message>
    <message>
        <source>You asked {who} to settle this.</source>
        <translation>{who}に、この確認を頼みました。</translation>
    </message>
    <message>
        <source>{name}: settled. Both values stay in the history.</source>
        <translation>{name}の欄を決めました。両方とも履歴に残りました。</translation>
    </message>
    <message>
        <source>{who} settled this field. Your value is in the history.</source>
        <translation>この欄は{who}が決めました。あなたの値は履歴にあります。</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n change(s) cannot be read.</source>
        <translation>
            <numerusform>%n件の変更は読めません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not accepted</source>
        <translation>
            <numerusform>受け付けられなかった変更 %n件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) waiting to be sent</source>
        <translation>
            <numerusform>送信待ち %n件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed by others too</source>
        <translation>
            <numerusform>ほかの人も直した欄 %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n日前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n欄</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) need your decision</source>
        <translation>
            <numerusform>確認が必要 %n件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) could not be deleted</source>
        <translation>
            <numerusform>消せなかったファイルが%n個あります</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n時間前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept record(s) are of a store that the school does not know and cannot read.</source>
        <translation>
            <numerusform>このPCに残っていた%n件の控えは、学校の知らない保存データのもので、読めません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept; all are destroyed when the PC is blocked or reported lost</source>
        <translation>
            <numerusform>%n件。利用停止か紛失報告で、すべて破棄されます</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n分前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older one(s) follow when these have been seen.</source>
        <translation>
            <numerusform>これらを確認すると、前の %n 件が出ます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Around {time}, %n change(s) cannot be read.</source>
        <translation>
            <numerusform>{time}ごろの%n件の変更は読めません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Between {after} and {before}, %n change(s) cannot be read.</source>
        <translation>
            <numerusform>{after}〜{before}の%n件の変更は読めません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Offline (saved on this PC; %n change(s) will be sent once connected)</source>
        <translation>
            <numerusform>オフライン（この端末に保存済み・%n件は接続後に送ります）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Receiving records… (%n part(s) to go)</source>
        <translation>
            <numerusform>受信中…（残り%n件）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saved, no backup copy (%n change(s))</source>
        <translation>
            <numerusform>保存（控えなし） %n件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sign-in needed (%n change(s) waiting)</source>
        <translation>
            <numerusform>サインインが必要（%n件待っています）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{field} and %n more</source>
        <translation>
            <numerusform>{field} ほか%n欄</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{place}: %n value(s)</source>
        <translation>
            <numerusform>{place}（%n件）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{value} and %n more</source>
        <translation>
            <numerusform>{value} ほか%n件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>Locked</source>
        <translation>ロック中</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Copy the details</source>
        <translation>くわしい内容をコピー</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>思わぬ問題が起きました</translation>
    </message>
</context>
<context>
    <name>DayNotice</name>
    <message>
        <source>Attendance for {room} has not been taken yet. (This is not &quot;all present&quot;.)</source>
        <translation>{room}の出欠は、まだ取っていません。（全員出席とはちがいます）</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>出欠を確定</translation>
    </message>
</context>
<context>
    <name>DaysCard</name>
    <message>
        <source>Attendance</source>
        <translation>出欠</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>学期</translation>
    </message>
    <message>
        <source>the class teacher and who takes attendance</source>
        <translation>学級担任と出欠をとる先生</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>Ask them</source>
        <translation>相手にきく</translation>
    </message>
    <message>
        <source>Give it back</source>
        <translation>頼まれた確認を返す</translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation>成績を開く</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>頼むのをやめる</translation>
    </message>
</context>
<context>
    <name>DecisionSide</name>
    <message>
        <source>Decide</source>
        <translation>確認</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>決定</translation>
    </message>
    <message>
        <source>No cut-offs are set for this course.</source>
        <translation>この教科には境目の値が決められていません。</translation>
    </message>
    <message>
        <source>No score counts yet, so nothing is computed.</source>
        <translation>数える得点がまだないため、計算していません。</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>受け付けられませんでした</translation>
    </message>
    <message>
        <source>Not rated because</source>
        <translation>評価できない理由</translation>
    </message>
    <message>
        <source>On this PC</source>
        <translation>この端末にあり</translation>
    </message>
    <message>
        <source>Pupil after</source>
        <translation>次の児童生徒</translation>
    </message>
    <message>
        <source>Pupil before</source>
        <translation>前の人</translation>
    </message>
    <message>
        <source>Reason for another value</source>
        <translation>計算とちがう値にする理由</translation>
    </message>
    <message>
        <source>Save reason</source>
        <translation>理由を保存</translation>
    </message>
    <message>
        <source>This course has no grading rule yet, so nothing is computed.</source>
        <translation>この教科には評価規則がまだないため、計算していません。</translation>
    </message>
    <message>
        <source>as computed</source>
        <translation>計算どおり</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手で決定</translation>
    </message>
    <message>
        <source>emptied</source>
        <translation>空欄に</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>（選んでいません）</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>what was not handed in counts as nothing reached</source>
        <translation>未提出は0点として数えます</translation>
    </message>
    <message>
        <source>what was not handed in does not count</source>
        <translation>未提出は数えません</translation>
    </message>
    <message>
        <source>{best} from {a}%, {middle} from {b}%; {rest}</source>
        <translation>{best}は{a}%以上、{middle}は{b}%以上。{rest}</translation>
    </message>
    <message>
        <source>{letters}: no grade follows yet</source>
        <translation>{letters}：評定はまだ決まりません</translation>
    </message>
    <message>
        <source>{letters}: {value} (usual: {allowed})</source>
        <translation>{letters}：{value}（ふつうは {allowed}）</translation>
    </message>
    <message>
        <source>{percent}% of what counts: {value}</source>
        <translation>得点率 {percent}%：{value}</translation>
    </message>
    <message>
        <source>{value}, as computed</source>
        <translation>{value}（計算どおり）</translation>
    </message>
    <message>
        <source>{value}, by hand</source>
        <translation>{value}（手で決定）</translation>
    </message>
    <message>
        <source>{value}, by hand (computed then: {was})</source>
        <translation>{value}（手で決定。そのときの計算は {was}）</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message numerus="yes">
        <source>%n change(s) are not sent yet. They are saved on this PC.</source>
        <translation>
            <numerusform>%n件がまだ送られていません。この端末には保存してあります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Already saved ({time}).</source>
        <translation>保存済みです（{time}）。</translation>
    </message>
    <message numerus="yes">
        <source>Already saved ({time}). %n change(s) will be sent once connected.</source>
        <translation>
            <numerusform>保存済みです（{time}）。まだ送っていない%n件は、つながったら送ります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Already saved ({time}). Sending the %n waiting change(s).</source>
        <translation>
            <numerusform>保存済みです（{time}）。まだ送っていない%n件を送ります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keyaki</source>
        <translation>けやき</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>このまま終了</translation>
    </message>
    <message>
        <source>Send, then quit</source>
        <translation>送ってから終了</translation>
    </message>
    <message>
        <source>The records kept on this PC are damaged. Nothing saved is deleted, and sending goes on. Quit Keyaki and open it again: this PC is then set up anew.</source>
        <translation>この端末の記録ファイルに傷みが見つかりました。保存した内容は消しません。送信もこのまま続きます。けやきを終了して開き直し、端末を設定し直してください。</translation>
    </message>
</context>
<context>
    <name>Detail</name>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>受け入れる</translation>
    </message>
    <message>
        <source>Accepted values are entered in their author&apos;s name. Where the school&apos;s has changed, both are kept.</source>
        <translation>受け入れた値は、入力した人の名前で記録します。そのあとに変わった値があれば、両方を残します。</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>受け入れない</translation>
    </message>
    <message>
        <source>Reason (needed to decline; its author reads it)</source>
        <translation>理由（受け入れないときは必要です。入力した人が読みます）</translation>
    </message>
    <message>
        <source>The school cannot enter these values: what they belong to is closed or gone.</source>
        <translation>この値は記録できません。対象が締め切られたか、なくなっています。</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>a PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>{who} entered this on {pc} ({made}). It arrived {arrived}, after the duty had ended.</source>
        <translation>{who}が{pc}で入力しました（{made}）。担当が変わったあとの{arrived}に届きました。</translation>
    </message>
</context>
<context>
    <name>DeviceDetail</name>
    <message>
        <source>Block</source>
        <translation>利用を止める</translation>
    </message>
    <message>
        <source>Erase…</source>
        <translation>中身を消す…</translation>
    </message>
    <message>
        <source>Export report…</source>
        <translation>報告書を書き出す…</translation>
    </message>
    <message>
        <source>If it is found again, a head or who looks after computers lets it in again.</source>
        <translation>見つかったときは、管理職か情報担当が利用を再開できます。</translation>
    </message>
    <message>
        <source>Let it in again</source>
        <translation>利用を再開する</translation>
    </message>
    <message>
        <source>Reason or circumstances (kept in the record)</source>
        <translation>理由・状況（記録に残ります）</translation>
    </message>
    <message>
        <source>Report it lost…</source>
        <translation>紛失を報告…</translation>
    </message>
    <message>
        <source>This is the PC you sit at. It is reported lost, blocked or erased from another one.</source>
        <translation>いま使っている端末です。紛失の報告・利用停止・消去は、ほかの端末から行います。</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A copy of its data was met</source>
        <translation>複製を検知</translation>
    </message>
    <message>
        <source>All of it (AES-256). Only the PIN, the key of the PC and the school&apos;s share together open it.</source>
        <translation>すべて暗号化（AES-256）。PIN・端末の鍵・学校の鍵の3つがそろわないと開けません</translation>
    </message>
    <message>
        <source>All of it (AES-256). The key lies in the key store of the PC; there was no PIN.</source>
        <translation>すべて暗号化（AES-256）。鍵は端末の鍵の保管庫にあり、PINはありません</translation>
    </message>
    <message>
        <source>Besides: {kinds}</source>
        <translation>ほか：{kinds}</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>利用停止</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>消去証明書</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>暗号化</translation>
    </message>
    <message>
        <source>Erased {time}; signed with the key of this PC, certified by the school.</source>
        <translation>{time} 消去。この端末の鍵で署名され、学校が証明しました</translation>
    </message>
    <message>
        <source>Erased, with proof</source>
        <translation>消去済み（証明あり）</translation>
    </message>
    <message>
        <source>Erasing; no proof yet</source>
        <translation>消去中（証明待ち）</translation>
    </message>
    <message>
        <source>Heard by the PC {time}.</source>
        <translation>{time} 端末に届きました</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>It says that everything is erased ({time}), without proof that it is this PC.</source>
        <translation>{time} 消去したとの報告。この端末のものという証明はありません</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>最後の通信</translation>
    </message>
    <message>
        <source>Loss report</source>
        <translation>紛失報告書</translation>
    </message>
    <message>
        <source>No longer in use</source>
        <translation>使用終了</translation>
    </message>
    <message>
        <source>None</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>None: the key lies on the PC alone.</source>
        <translation>なし。鍵は端末だけにあります</translation>
    </message>
    <message>
        <source>None: whoever has copies of the files gets no share from the school.</source>
        <translation>なし（破棄済み）。ファイルの写しがあっても学校の鍵は渡りません</translation>
    </message>
    <message>
        <source>Not admitted yet</source>
        <translation>承認待ち</translation>
    </message>
    <message>
        <source>Not heard by the PC yet; last contact: {seen}.</source>
        <translation>端末にはまだ届いていません。最後の通信：{seen}</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Number of the device</source>
        <translation>端末の番号</translation>
    </message>
    <message>
        <source>Opens without the school</source>
        <translation>ネットなしで開ける期限</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>指示</translation>
    </message>
    <message>
        <source>Over since {time}</source>
        <translation>{time} に切れました</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Permitted until {time}</source>
        <translation>{time} まで許可</translation>
    </message>
    <message>
        <source>Records (at most)</source>
        <translation>記録の件数（最大）</translation>
    </message>
    <message>
        <source>Reported lost, {time}: to erase everything at once.</source>
        <translation>{time} 紛失報告。すぐに全消去を指示</translation>
    </message>
    <message>
        <source>Shares of the school</source>
        <translation>学校が持つ鍵</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>登録</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>System</source>
        <translation>OS</translation>
    </message>
    <message>
        <source>Take-out</source>
        <translation>持ち出し</translation>
    </message>
    <message>
        <source>To block it, {time}.</source>
        <translation>{time} 利用停止を指示</translation>
    </message>
    <message>
        <source>To send what waits and erase everything, {time}.</source>
        <translation>{time} 送信待ちを送ってからの全消去を指示</translation>
    </message>
    <message>
        <source>Until {time}, with the PIN</source>
        <translation>{time} まで（PINが必要）</translation>
    </message>
    <message>
        <source>User</source>
        <translation>使う人</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>経過</translation>
    </message>
    <message>
        <source>What was on it</source>
        <translation>入っていた記録</translation>
    </message>
    <message>
        <source>What was saved there and not sent did not reach the school.</source>
        <translation>端末に保存され未送信だった変更は、学校に届いていません</translation>
    </message>
    <message>
        <source>Without an end: it asks for no PIN</source>
        <translation>期限なし（PINを使いません）</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>利用停止</translation>
    </message>
    <message>
        <source>erased, with proof</source>
        <translation>消去（証明あり）</translation>
    </message>
    <message>
        <source>erasure ordered</source>
        <translation>消去を指示</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>たった今</translation>
    </message>
    <message>
        <source>let in again</source>
        <translation>利用再開</translation>
    </message>
    <message>
        <source>never</source>
        <translation>まだありません</translation>
    </message>
    <message>
        <source>reported lost</source>
        <translation>紛失報告</translation>
    </message>
    <message>
        <source>said to be erased, no proof</source>
        <translation>消去の報告（証明なし）</translation>
    </message>
    <message>
        <source>the PC heard that it is blocked</source>
        <translation>端末が利用停止を受信</translation>
    </message>
    <message>
        <source>the PC was handed the order to erase</source>
        <translation>端末が消去の指示を受信</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>この端末</translation>
    </message>
    <message>
        <source>{classes}: {kinds}</source>
        <translation>{classes}：{kinds}</translation>
    </message>
    <message>
        <source>{time} ({ago})</source>
        <translation>{time}（{ago}）</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message>
        <source>Blocked. It closes at its next contact and opens no more.</source>
        <translation>利用を止めました。次に通信したとき閉じ、以後は開けません。</translation>
    </message>
    <message>
        <source>Blocked. It erases everything at its next contact.</source>
        <translation>利用を止めました。次に通信したとき、中身をすべて消します。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>中身を消す</translation>
    </message>
    <message>
        <source>Erase {name}?</source>
        <translation>「{name}」の中身を消しますか</translation>
    </message>
    <message>
        <source>Export list…</source>
        <translation>一覧を書き出す…</translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>書き出しました。</translation>
    </message>
    <message>
        <source>It is blocked at once, and what the school keeps of its keys is destroyed. At its next contact it erases everything; that cannot be undone.</source>
        <translation>すぐに利用を止め、学校が持つ鍵を破棄します。端末は次に通信したとき、中身をすべて消します。これは元に戻せません。</translation>
    </message>
    <message>
        <source>It is blocked at once. At its next contact it sends what waits, then erases all; that cannot be undone.</source>
        <translation>すぐに利用を止めます。端末は次に通信したとき、送信待ちを送ってから中身をすべて消します。これは元に戻せません。</translation>
    </message>
    <message>
        <source>Let in again. Its teacher signs in once.</source>
        <translation>利用を再開しました。使う人はもう一度サインインします。</translation>
    </message>
    <message>
        <source>My own</source>
        <translation>自分の端末</translation>
    </message>
    <message>
        <source>No list yet</source>
        <translation>まだ一覧がありません</translation>
    </message>
    <message>
        <source>Report it lost</source>
        <translation>紛失を報告する</translation>
    </message>
    <message>
        <source>Report {name} lost?</source>
        <translation>「{name}」の紛失を報告しますか</translation>
    </message>
    <message>
        <source>Reported lost and blocked. Below is what was on it.</source>
        <translation>紛失を報告し、利用を止めました。入っていた記録は下のとおりです。</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>サインインし直す</translation>
    </message>
    <message>
        <source>The school is asked which PCs hold its records. Without a connection, tell a head by phone.</source>
        <translation>学校の記録を持つ端末を問い合わせます。つながらないときは、電話で管理職に知らせてください。</translation>
    </message>
    <message>
        <source>The school&apos;s</source>
        <translation>学校の端末</translation>
    </message>
    <message>
        <source>What is on this PC</source>
        <translation>この端末の中身</translation>
    </message>
    <message>
        <source>devices {day}</source>
        <translation>端末一覧 {day}</translation>
    </message>
    <message>
        <source>loss report {device} {day}</source>
        <translation>紛失報告 {device} {day}</translation>
    </message>
</context>
<context>
    <name>DifferenceList</name>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>計算</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>決定</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>確認すること</translation>
    </message>
</context>
<context>
    <name>DraftKeeper</name>
    <message>
        <source>Copy the text</source>
        <translation>文字をコピー</translation>
    </message>
    <message>
        <source>There is a draft whose place is not here any more: &quot;{text}&quot;</source>
        <translation>下書きがありますが、入れる場所がもうありません：「{text}」</translation>
    </message>
    <message>
        <source>There is a draft. It is not saved yet.</source>
        <translation>下書きがあります。まだ保存していません。</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Find before</source>
        <translation>前を探す</translation>
    </message>
    <message>
        <source>Find next</source>
        <translation>次を探す</translation>
    </message>
    <message>
        <source>Name, number or column</source>
        <translation>名前・番号・列名</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>{at} of {total}</source>
        <translation>{total}件中{at}件目</translation>
    </message>
</context>
<context>
    <name>FindBox</name>
    <message>
        <source>Act</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Beside it</source>
        <translation>くわしく</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>学級</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>授業</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>さがす</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Nothing fits. Only what is on this PC is found.</source>
        <translation>見つかりません。さがせるのは、この端末にあるものだけです。</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Pupil</source>
        <translation>児童生徒</translation>
    </message>
    <message>
        <source>Pupil (kana, kanji, number), class, course, page or act</source>
        <translation>児童生徒（かな・漢字・番号）、学級、授業、画面、操作</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>見つかったもの</translation>
    </message>
    <message>
        <source>↑↓ choose   Enter open   Esc close</source>
        <translation>↑↓ えらぶ&#x3000; Enter 開く&#x3000; Esc とじる</translation>
    </message>
</context>
<context>
    <name>GiveButton</name>
    <message>
        <source>Give to</source>
        <translation>確認を頼む</translation>
    </message>
    <message>
        <source>Nobody else may settle it</source>
        <translation>この確認を頼める人はほかにいません</translation>
    </message>
</context>
<context>
    <name>GradesCard</name>
    <message>
        <source>Grades</source>
        <translation>成績</translation>
    </message>
    <message>
        <source>Nothing is decided yet.</source>
        <translation>まだ決まっていません。</translation>
    </message>
    <message>
        <source>Viewpoints: {names}</source>
        <translation>観点: {names}</translation>
    </message>
    <message>
        <source>the class teacher</source>
        <translation>学級担任など</translation>
    </message>
    <message>
        <source>{subject}: overall grade by term</source>
        <translation>{subject}の評定（学期ごと）</translation>
    </message>
</context>
<context>
    <name>GradesPage</name>
    <message numerus="yes">
        <source>%n pupil(s) shown</source>
        <translation>
            <numerusform>%n人を表示しています</numerusform>
        </translation>
    </message>
    <message>
        <source>Enter goes</source>
        <translation>Enterで</translation>
    </message>
    <message>
        <source>Enter grades</source>
        <translation>成績入力</translation>
    </message>
    <message>
        <source>Grades</source>
        <translation>成績</translation>
    </message>
    <message>
        <source>No course to grade</source>
        <translation>成績を入れる教科がありません</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Show everybody</source>
        <translation>全員を表示</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>この端末にすべてそろうと表示します。この端末から消したときは、「端末」の画面でもう一度受け取れます。</translation>
    </message>
    <message>
        <source>The courses you are in charge of appear here once the school has entered your duties.</source>
        <translation>学校が担当を登録すると、受け持ちの教科がここに出ます。</translation>
    </message>
    <message>
        <source>This course is being loaded</source>
        <translation>この教科を読み込んでいます</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>down</source>
        <translation>下へ</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右へ</translation>
    </message>
</context>
<context>
    <name>GradesSource</name>
    <message numerus="yes">
        <source>, and %n more work(s)</source>
        <translation>
            <numerusform>、ほか%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>Go on entering</source>
        <translation>続きを入れる</translation>
    </message>
    <message>
        <source>Grades {name}</source>
        <translation>成績 {name}</translation>
    </message>
    <message>
        <source>Scores {name}</source>
        <translation>得点 {name}</translation>
    </message>
    <message>
        <source>Viewpoints {name}</source>
        <translation>観点別 {name}</translation>
    </message>
    <message>
        <source>by {date}</source>
        <translation>{date}まで</translation>
    </message>
    <message numerus="yes">
        <source>pupil(s) without a score</source>
        <translation>
            <numerusform>人 未入力</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} and others</source>
        <translation>{names} ほか</translation>
    </message>
    <message>
        <source>{title}, {done} of {all}</source>
        <translation>{title}&#x3000;{done}／{all}人</translation>
    </message>
    <message>
        <source>{unit} {title}, {done} of {all}</source>
        <translation>{unit} {title}&#x3000;{done}／{all}人</translation>
    </message>
</context>
<context>
    <name>Guard</name>
    <message>
        <source>Change the PIN...</source>
        <translation>PINを変える…</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>いますぐロック</translation>
    </message>
    <message>
        <source>The PIN was changed.</source>
        <translation>PINを変えました。</translation>
    </message>
    <message>
        <source>This PC&apos;s clock was set forward. Keyaki does not go by it until it starts again.</source>
        <translation>この端末の時計が進められました。けやきは、次に起動するまでこの時計を使いません。</translation>
    </message>
    <message>
        <source>Without a network this PC may be used until {time}. Keyaki locks then; what you are writing is kept.</source>
        <translation>ネットなしで使えるのは {time} までです。その時刻にロックします。書きかけの内容は残ります。</translation>
    </message>
</context>
<context>
    <name>HeldPage</name>
    <message>
        <source>All of it is encrypted (AES-256). Only PIN, key of this PC and the school&apos;s share together open it.</source>
        <translation>すべて暗号化（AES-256）。PIN・この端末の鍵・学校の鍵の3つがそろわないと開けません</translation>
    </message>
    <message>
        <source>All of it is encrypted (AES-256); the key lies in the key store of this PC.</source>
        <translation>すべて暗号化（AES-256）。鍵はこの端末の鍵の保管庫にあります</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>量</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>データの時点</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消す</translation>
    </message>
    <message>
        <source>Clear from this PC…</source>
        <translation>この端末から消す…</translation>
    </message>
    <message>
        <source>Clear {name} from this PC?</source>
        <translation>{name}をこの端末から消しますか</translation>
    </message>
    <message>
        <source>Devices and losses</source>
        <translation>端末の一覧・紛失報告</translation>
    </message>
    <message>
        <source>Everything that waits is sent first. Then its records, and drafts that are not saved, are deleted here. The school keeps the records.</source>
        <translation>先に送信待ちをすべて送ります。そのあと、この端末にある記録と、保存していない下書きを消します。学校の記録は消えません。</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>もう一度受け取る</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>保護</translation>
    </message>
    <message>
        <source>Sending everything first…</source>
        <translation>先に送信しています…</translation>
    </message>
    <message>
        <source>Taken out until {time}</source>
        <translation>持ち出し中 {time}まで</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>この端末</translation>
    </message>
    <message>
        <source>What is cleared here stays at the school and can be loaded again.</source>
        <translation>ここで消しても学校には残り、もう一度受け取れます。</translation>
    </message>
    <message>
        <source>Without a connection</source>
        <translation>ネットなしで使える期限</translation>
    </message>
    <message>
        <source>no end: this store asks for no PIN</source>
        <translation>期限なし（この保存場所はPINを使いません）</translation>
    </message>
    <message>
        <source>nothing has come yet</source>
        <translation>まだ何も受け取っていません</translation>
    </message>
    <message>
        <source>until {time}, with a take-out the head approved</source>
        <translation>{time} まで（承認された持ち出し）</translation>
    </message>
    <message>
        <source>until {time}; renewed by itself at school</source>
        <translation>{time} まで（学校では自動で延びます）</translation>
    </message>
    <message>
        <source>{name} is loaded again.</source>
        <translation>{name}をもう一度受け取ります。</translation>
    </message>
    <message>
        <source>{name} was cleared from this PC.</source>
        <translation>{name}をこの端末から消しました。</translation>
    </message>
    <message>
        <source>{records} records, {size} MB</source>
        <translation>記録 {records}件・{size} MB</translation>
    </message>
    <message numerus="yes">
        <source>{time}; %n change(s) wait to be sent</source>
        <translation>
            <numerusform>{time} まで（送信待ち%n件）</numerusform>
        </translation>
    </message>
    <message>
        <source>{time}; everything is sent</source>
        <translation>{time} まで（すべて送信済み）</translation>
    </message>
</context>
<context>
    <name>HeldTable</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>クラス</translation>
    </message>
    <message>
        <source>Cleared; at the school</source>
        <translation>消去済み（学校にあり）</translation>
    </message>
    <message>
        <source>On this PC</source>
        <translation>この端末にあり</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>School and own</source>
        <translation>学校共通・自分</translation>
    </message>
    <message>
        <source>Still arriving</source>
        <translation>受け取り中</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>場所</translation>
    </message>
</context>
<context>
    <name>HistoryBox</name>
    <message>
        <source>&quot;{value}&quot; is restored.</source>
        <translation>「{value}」に戻しました。</translation>
    </message>
    <message>
        <source>A value that is put back is a new change; nothing is rewritten.</source>
        <translation>戻した値は新しい変更になります。履歴は書きかえません。</translation>
    </message>
    <message>
        <source>After</source>
        <translation>後</translation>
    </message>
    <message>
        <source>All changes of what you may read, as the school tells them.</source>
        <translation>見られる記録の変更すべてです（学校の記録）。</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前</translation>
    </message>
    <message>
        <source>Changes of what you may read about this pupil are listed here.</source>
        <translation>見られる記録の変更がここに並びます。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>History of {name}</source>
        <translation>{name} の履歴</translation>
    </message>
    <message>
        <source>Nothing was changed</source>
        <translation>変更はありません</translation>
    </message>
    <message>
        <source>Put this value back</source>
        <translation>この値に戻す</translation>
    </message>
    <message>
        <source>The newest changes, as the school tells them.</source>
        <translation>学校の記録にある新しい変更です。</translation>
    </message>
    <message>
        <source>What this PC knows. The school is being asked…</source>
        <translation>この端末が知っている分です。学校に問い合わせています…</translation>
    </message>
    <message>
        <source>Without the school: own changes of the last 30 days, and those of others where they met yours.</source>
        <translation>学校につながらないため、この端末の30日分の変更と、ちがいのあったほかの人の変更だけです。</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>この画面のキー</translation>
    </message>
</context>
<context>
    <name>KindFilter</name>
    <message>
        <source>Blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手で決定</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>計算が変化</translation>
    </message>
    <message>
        <source>No evidence</source>
        <translation>材料なし</translation>
    </message>
    <message>
        <source>No reason</source>
        <translation>理由なし</translation>
    </message>
    <message>
        <source>Unusual</source>
        <translation>要確認</translation>
    </message>
</context>
<context>
    <name>LateEdits</name>
    <message>
        <source>Accepted</source>
        <translation>受け入れました</translation>
    </message>
    <message>
        <source>Accepted; both values kept</source>
        <translation>受け入れました（両方の値を残しました）</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>届いた時刻</translation>
    </message>
    <message>
        <source>Changed by</source>
        <translation>入力した人</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>受け入れませんでした</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>欄</translation>
    </message>
    <message>
        <source>Late value</source>
        <translation>あとから届いた値</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>記録できません</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>The school&apos;s value</source>
        <translation>学校の値</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>確認が必要</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>{state}; waiting to be sent</source>
        <translation>{state}（送信待ち）</translation>
    </message>
</context>
<context>
    <name>LateEditsPage</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>確認が必要 %n件</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted. The values are entered in the name of {who}.</source>
        <translation>受け入れました。{who}の名前で記録します。</translation>
    </message>
    <message>
        <source>Declined. {who} is told the reason.</source>
        <translation>受け入れませんでした。{who}に理由を伝えます。</translation>
    </message>
    <message>
        <source>Late changes</source>
        <translation>あとから届いた変更</translation>
    </message>
    <message>
        <source>No late changes</source>
        <translation>あとから届いた変更はありません</translation>
    </message>
    <message>
        <source>What is sent after a duty has ended is kept here, to be accepted or declined.</source>
        <translation>担当が変わったあとに送られた変更は、ここに残ります。受け入れるかどうかを決めます。</translation>
    </message>
    <message>
        <source>Write the reason first: its author reads it.</source>
        <translation>先に理由を書いてください。入力した人が読みます。</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Locked at {time}, with this PC.</source>
        <translation>{time}にロックしました（端末のロックに合わせて）。</translation>
    </message>
    <message>
        <source>Locked at {time}.</source>
        <translation>{time}にロックしました。</translation>
    </message>
    <message>
        <source>Locked at {time}: nobody was there for ten minutes.</source>
        <translation>{time}にロックしました（10分間、操作がありませんでした）。</translation>
    </message>
    <message>
        <source>Locked at {time}: the PIN was wrong too often.</source>
        <translation>{time}にロックしました（PINのまちがいが続きました）。</translation>
    </message>
    <message>
        <source>Locked at {time}: the school has blocked this PC.</source>
        <translation>{time}にロックしました（学校がこの端末の利用を止めました）。</translation>
    </message>
    <message>
        <source>Locked at {time}: the time to use this PC without a network was over.</source>
        <translation>{time}にロックしました（ネットなしで使える時間が終わりました）。</translation>
    </message>
    <message>
        <source>Locked at {time}: this PC was asleep.</source>
        <translation>{time}にロックしました（端末がスリープしました）。</translation>
    </message>
    <message>
        <source>Locked at {time}: this PC&apos;s clock was set back.</source>
        <translation>{time}にロックしました（端末の時計が戻されました）。</translation>
    </message>
    <message>
        <source>There is a draft.</source>
        <translation>下書きがあります。</translation>
    </message>
</context>
<context>
    <name>Merged</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Put together with a change of {people}.</source>
        <translation>{people}の変更とまとめました。</translation>
    </message>
    <message>
        <source>Put together with a change somebody else had made.</source>
        <translation>ほかの人の変更とまとめました。</translation>
    </message>
    <message>
        <source>School</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>Somebody else changed another field of it before yours arrived. Both stand.</source>
        <translation>あなたの変更が届く前に、ほかの人が別の欄を変えていました。どちらも残っています。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>you yourself</source>
        <translation>あなた自身</translation>
    </message>
    <message>
        <source>{who} ({facts})</source>
        <translation>{who}（{facts}）</translation>
    </message>
</context>
<context>
    <name>MergedCard</name>
    <message>
        <source>Mark all as seen</source>
        <translation>すべて確認済みにする</translation>
    </message>
    <message>
        <source>Merged by itself</source>
        <translation>自動でまとめた欄</translation>
    </message>
    <message>
        <source>Nothing new. When your changes and those of others met and both could stand, it is told here.</source>
        <translation>新しいものはありません。同じ記録をあなたとほかの人が変え、どちらの変更も残せたときは、ここに出ます。</translation>
    </message>
    <message>
        <source>Your changes and those of others met here, and both could stand. Nothing has to be done.</source>
        <translation>同じ記録をあなたとほかの人が変えました。どちらの変更も残っています。することはありません。</translation>
    </message>
</context>
<context>
    <name>MergedEntry</name>
    <message>
        <source>Now</source>
        <translation>いま</translation>
    </message>
    <message>
        <source>Now, changed again since</source>
        <translation>いま（そのあとも変更あり）</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>確認した</translation>
    </message>
    <message>
        <source>The other&apos;s</source>
        <translation>ほかの人</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>あなた</translation>
    </message>
</context>
<context>
    <name>MessageStrip</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>NamedBlock</name>
    <message>
        <source>ID</source>
        <translation>学籍ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
</context>
<context>
    <name>NoteActs</name>
    <message>
        <source>Done again.</source>
        <translation>やり直しました。</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>元に戻しました。</translation>
    </message>
    <message>
        <source>The note is deleted.</source>
        <translation>日々の様子を消しました。</translation>
    </message>
    <message>
        <source>The note is saved.</source>
        <translation>日々の様子を保存しました。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Write the note first, at most 1,000 characters.</source>
        <translation>先に文章を書いてください（1,000字まで）。</translation>
    </message>
</context>
<context>
    <name>NoteEntry</name>
    <message>
        <source>Change</source>
        <translation>直す</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>消す</translation>
    </message>
</context>
<context>
    <name>NoteForm</name>
    <message>
        <source>A note has at most {limit} characters.</source>
        <translation>メモは{limit}字までです。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Daily note</source>
        <translation>日々の様子</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Keep the note</source>
        <translation>メモを残す</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>Read by</source>
        <translation>見せる相手</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Such as: taken later, 9/12</source>
        <translation>例：後日実施 9/12</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>{count} too many</source>
        <translation>{count}字多い</translation>
    </message>
</context>
<context>
    <name>Notes</name>
    <message>
        <source>Decide</source>
        <translation>確認が必要</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>受け付けられなかった</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>送信待ち</translation>
    </message>
</context>
<context>
    <name>NotesColumn</name>
    <message>
        <source>Daily note</source>
        <translation>日々の様子</translation>
    </message>
    <message>
        <source>Daily notes</source>
        <translation>日々の様子</translation>
    </message>
    <message>
        <source>No notes yet.</source>
        <translation>まだありません。</translation>
    </message>
    <message>
        <source>who teaches in the class</source>
        <translation>学級に関わる先生</translation>
    </message>
</context>
<context>
    <name>OutcomeCard</name>
    <message>
        <source>Choose 1, 2 or 3</source>
        <translation>1・2・3から選びます</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>Settle with this</source>
        <translation>これで決める</translation>
    </message>
    <message>
        <source>texts can be edited here</source>
        <translation>文はここで直せます</translation>
    </message>
    <message>
        <source>{count} too many</source>
        <translation>{count}字多い</translation>
    </message>
</context>
<context>
    <name>PastList</name>
    <message>
        <source>All changes, as the school tells them.</source>
        <translation>すべての変更です（学校の記録）。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>History of this cell</source>
        <translation>この欄の履歴</translation>
    </message>
    <message>
        <source>Nothing was changed here.</source>
        <translation>ここでの変更はありません。</translation>
    </message>
    <message>
        <source>Put this value back</source>
        <translation>この値に戻す</translation>
    </message>
    <message>
        <source>This PC keeps its own changes of the last 30 days, and those of others where they met yours.</source>
        <translation>この端末には、ここでの30日分の変更と、重なったほかの人の変更があります。</translation>
    </message>
    <message>
        <source>What this PC knows. The school is being asked…</source>
        <translation>この端末が知っている分です。学校に問い合わせています…</translation>
    </message>
</context>
<context>
    <name>PastTable</name>
    <message>
        <source>How</source>
        <translation>何をして</translation>
    </message>
    <message>
        <source>State</source>
        <translation>送信</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>When</source>
        <translation>いつ</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>どこで</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>だれが</translation>
    </message>
</context>
<context>
    <name>PastWords</name>
    <message>
        <source>School</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>both kept</source>
        <translation>両方を保存</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>ちがいの確認</translation>
    </message>
    <message>
        <source>emptied</source>
        <translation>空欄にした</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>まとめて入力</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>受け付けられず</translation>
    </message>
    <message>
        <source>passed to the school</source>
        <translation>学校が確認中</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>貼り付け</translation>
    </message>
    <message>
        <source>received</source>
        <translation>受信</translation>
    </message>
    <message>
        <source>redone</source>
        <translation>やり直した</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>履歴から戻した</translation>
    </message>
    <message>
        <source>sent again</source>
        <translation>送り直した</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>この端末</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>元に戻した</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>{name}-sensei</source>
        <translation>{name}先生</translation>
    </message>
</context>
<context>
    <name>PastePreview</name>
    <message numerus="yes">
        <source>%n value(s) that are there now will be replaced.</source>
        <translation>
            <numerusform>いま入っている値のうち%n件が置きかわります。</numerusform>
        </translation>
    </message>
    <message>
        <source>After</source>
        <translation>あと</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>いま</translation>
    </message>
    <message>
        <source>By position: the first row goes to {first}, the last to {last}. Check that nobody is missing.</source>
        <translation>並び順で貼り付けます。最初の行は{first}、最後の行は{last}に入ります。抜けている人がいないか確かめてください。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message numerus="yes">
        <source>Empty %n cell(s) that are blank in the block</source>
        <translation>
            <numerusform>貼り付ける表が空欄の%n欄を、空欄にする</numerusform>
        </translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Nothing was pasted</source>
        <translation>貼り付けていません</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付ける</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n value(s)</source>
        <translation>
            <numerusform>%n件の値を貼り付けます</numerusform>
        </translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>There is no such column.</source>
        <translation>その列はありません。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>not on the roster</source>
        <translation>名簿に見つかりません</translation>
    </message>
    <message>
        <source>{matched} of {total} pupils match, by their ids.</source>
        <translation>{total}人中{matched}人が一致しました（学籍IDで）。</translation>
    </message>
    <message>
        <source>{matched} of {total} pupils match, by their names.</source>
        <translation>{total}人中{matched}人が一致しました（氏名で）。</translation>
    </message>
    <message>
        <source>{matched} of {total} pupils match, by their numbers.</source>
        <translation>{total}人中{matched}人が一致しました（出席番号で）。</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>the school</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>{name}-sensei</source>
        <translation>{name}先生</translation>
    </message>
</context>
<context>
    <name>PermitDetail</name>
    <message>
        <source>Approve</source>
        <translation>許可する</translation>
    </message>
    <message>
        <source>Begin the take-out</source>
        <translation>持ち出しを始める</translation>
    </message>
    <message>
        <source>Do not approve</source>
        <translation>許可しない</translation>
    </message>
    <message>
        <source>End this take-out</source>
        <translation>許可を取り消す</translation>
    </message>
    <message>
        <source>Other classes come back when you return it. Nothing you entered is lost.</source>
        <translation>返却すると、ほかの学級も戻ります。入力した内容は失われません。</translation>
    </message>
    <message>
        <source>Reason (needed to decline or to end; the teacher reads it)</source>
        <translation>理由（不許可・取り消しには必要です。申請した先生に届きます）</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>返却する</translation>
    </message>
    <message>
        <source>Take the request back</source>
        <translation>申請を取り下げる</translation>
    </message>
    <message>
        <source>When it begins, everything is sent first. Then this PC keeps only these classes until you return it.</source>
        <translation>始めるとき、先に入力をすべて送ります。そのあと返却するまで、この端末にはこの学級だけを残します。</translation>
    </message>
</context>
<context>
    <name>PinFault</name>
    <message>
        <source>A PIN in the order of the keys is guessed at once.</source>
        <translation>順に並んだPINは、すぐに当てられてしまいます。</translation>
    </message>
    <message>
        <source>A PIN of one repeated character is guessed at once.</source>
        <translation>同じ文字だけのPINは、すぐに当てられてしまいます。</translation>
    </message>
    <message>
        <source>A day of this school year or the last is guessed soon.</source>
        <translation>今年度や前年度の日付は、当てられやすいPINです。</translation>
    </message>
    <message>
        <source>In the sample the PIN is {pin}.</source>
        <translation>見本のPINは {pin} です。</translation>
    </message>
    <message>
        <source>Others know this word or number.</source>
        <translation>ほかの人が知っている言葉や番号です。</translation>
    </message>
    <message>
        <source>The PIN has a character that cannot be typed again for certain.</source>
        <translation>入力し直せないおそれのある文字が入っています。</translation>
    </message>
    <message>
        <source>The PIN is too long.</source>
        <translation>PINが長すぎます。</translation>
    </message>
    <message>
        <source>The PIN is too short.</source>
        <translation>PINが短すぎます。</translation>
    </message>
</context>
<context>
    <name>PreferencesPage</name>
    <message>
        <source>As the system says</source>
        <translation>Windowsに合わせる</translation>
    </message>
    <message>
        <source>As the system says follows Windows, its high contrast too.</source>
        <translation>「Windowsに合わせる」は、Windowsの明暗とハイコントラストに従います。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>暗い</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>ハイコントラスト</translation>
    </message>
    <message>
        <source>It holds now, but could not be kept for the next start.</source>
        <translation>いまは効いていますが、次に開くときのために保存できませんでした。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>明るい</translation>
    </message>
    <message>
        <source>Rows and buttons grow with it. The display&apos;s own scaling comes on top.</source>
        <translation>行やボタンも一緒に大きくなります。画面の拡大率はこれとは別に働きます。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>文字の大きさ</translation>
    </message>
    <message>
        <source>The words of every screen change at once. What people have entered stays as it is.</source>
        <translation>画面のことばがすぐに切りかわります。入力された記録はそのままです。</translation>
    </message>
    <message>
        <source>These belong to you on this PC. They are kept here and never sent.</source>
        <translation>この端末での先生ご自身の設定です。ここにだけ保存し、送りません。</translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message>
        <source>Another display was connected. Content is hidden.</source>
        <translation>別の画面がつながりました。内容を隠しています。</translation>
    </message>
    <message>
        <source>Another display was connected. Content is hidden. What is it?</source>
        <translation>別の画面がつながりました。内容を隠しています。何の画面ですか。</translation>
    </message>
    <message>
        <source>Classroom</source>
        <translation>教室の画面</translation>
    </message>
    <message>
        <source>Desk monitor</source>
        <translation>机のモニター</translation>
    </message>
    <message>
        <source>End presenting?</source>
        <translation>投影を終えますか</translation>
    </message>
    <message>
        <source>Names and records of pupils are then on this screen again, and on every display that shows it.</source>
        <translation>この画面と、同じ画面を映しているすべての画面に、子どもの名前と記録がもう一度出ます。</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>すべて表示する</translation>
    </message>
    <message>
        <source>Stay covered</source>
        <translation>隠したままにする</translation>
    </message>
    <message>
        <source>The other display is gone.</source>
        <translation>別の画面がはずれました。</translation>
    </message>
</context>
<context>
    <name>PresentingBand</name>
    <message>
        <source>Cover</source>
        <translation>隠す</translation>
    </message>
    <message>
        <source>End presenting...</source>
        <translation>投影を終える…</translation>
    </message>
    <message>
        <source>Names and records of pupils are hidden</source>
        <translation>子どもの名前と記録は隠れています</translation>
    </message>
    <message>
        <source>Presenting</source>
        <translation>投影中</translation>
    </message>
</context>
<context>
    <name>ProgressCard</name>
    <message>
        <source>Due</source>
        <translation>しめきり</translation>
    </message>
    <message>
        <source>No work of this term is due yet.</source>
        <translation>この学期の評価材料は、まだありません。</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>{date}, over</source>
        <translation>{date}（過ぎました）</translation>
    </message>
</context>
<context>
    <name>ProvePin</name>
    <message>
        <source>End presenting?</source>
        <translation>投影を終えますか</translation>
    </message>
    <message>
        <source>Keyaki</source>
        <translation>けやき</translation>
    </message>
    <message>
        <source>Names and records of pupils are then on this screen again, and on every display that shows it.</source>
        <translation>この画面と、同じ画面を映しているすべての画面に、子どもの名前と記録がもう一度出ます。</translation>
    </message>
    <message>
        <source>PIN of this PC</source>
        <translation>この端末のPIN</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>すべて表示する</translation>
    </message>
    <message>
        <source>Stay covered</source>
        <translation>隠したままにする</translation>
    </message>
</context>
<context>
    <name>PupilCard</name>
    <message>
        <source>Absent</source>
        <translation>欠席</translation>
    </message>
    <message>
        <source>Being loaded: it appears as soon as all of it is on this PC.</source>
        <translation>受け取っています。この端末にそろうと表示します。</translation>
    </message>
    <message>
        <source>Class teacher</source>
        <translation>担任など</translation>
    </message>
    <message>
        <source>Class team</source>
        <translation>学級に関わる先生</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>遅刻</translation>
    </message>
    <message>
        <source>Left early</source>
        <translation>早退</translation>
    </message>
    <message>
        <source>Not on this PC: it is read by {who}.</source>
        <translation>この端末にはありません。{who}に表示されます。</translation>
    </message>
    <message>
        <source>Not taken yet</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Only me</source>
        <translation>自分だけ</translation>
    </message>
    <message>
        <source>Only what belongs to your own courses. The rest is read by {who}.</source>
        <translation>自分の担当教科の分だけです。ほかは{who}に表示されます。</translation>
    </message>
    <message>
        <source>School days</source>
        <translation>授業日数</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>教科</translation>
    </message>
    <message>
        <source>Suspended, mourning</source>
        <translation>出停・忌引</translation>
    </message>
    <message>
        <source>cannot be rated</source>
        <translation>評価できない</translation>
    </message>
    <message>
        <source>{day}: {what}</source>
        <translation>{day} {what}</translation>
    </message>
    <message>
        <source>{month}/</source>
        <translation>{month}月</translation>
    </message>
</context>
<context>
    <name>PupilChooser</name>
    <message>
        <source>Class</source>
        <translation>学級</translation>
    </message>
    <message>
        <source>Next pupil (Alt+Down)</source>
        <translation>次の人（Alt+↓）</translation>
    </message>
    <message>
        <source>Pupil</source>
        <translation>児童生徒</translation>
    </message>
    <message>
        <source>Pupil before (Alt+Up)</source>
        <translation>前の人（Alt+↑）</translation>
    </message>
</context>
<context>
    <name>PupilHead</name>
    <message>
        <source>Also called {name}</source>
        <translation>通称 {name}</translation>
    </message>
    <message>
        <source>In the register:</source>
        <translation>公式の氏名</translation>
    </message>
    <message>
        <source>The register writes the name the same way.</source>
        <translation>公式の表記も同じです。</translation>
    </message>
    <message>
        <source>The register&apos;s name is being loaded.</source>
        <translation>公式の氏名を受け取っています。</translation>
    </message>
    <message>
        <source>The register&apos;s name is shown to the class teacher.</source>
        <translation>公式の氏名は学級担任などに表示されます。</translation>
    </message>
    <message>
        <source>not drawn exactly here: {characters}</source>
        <translation>字形を表示できません: {characters}</translation>
    </message>
</context>
<context>
    <name>PupilHistory</name>
    <message>
        <source>After</source>
        <translation>後</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>前</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>欄</translation>
    </message>
    <message>
        <source>PC</source>
        <translation>端末</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>When</source>
        <translation>いつ</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>だれが</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>both kept</source>
        <translation>両方残した</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>まとめた</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>受け付けられなかった</translation>
    </message>
    <message>
        <source>passed to the school</source>
        <translation>学校で確認中</translation>
    </message>
    <message>
        <source>the school&apos;s server</source>
        <translation>学校のサーバー</translation>
    </message>
    <message>
        <source>this PC</source>
        <translation>この端末</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>{name} (you)</source>
        <translation>{name}（自分）</translation>
    </message>
</context>
<context>
    <name>PupilPage</name>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>No pupil to show</source>
        <translation>表示できる児童生徒がいません</translation>
    </message>
    <message>
        <source>Pupil card</source>
        <translation>児童生徒カード</translation>
    </message>
    <message>
        <source>Pupils of the classes you teach have a card here once their class is on this PC.</source>
        <translation>受け持ちの学級がこの端末にそろうと、ここに一人ずつのカードが出ます。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>More</source>
        <translation>ほか</translation>
    </message>
    <message>
        <source>This PC</source>
        <translation>この端末</translation>
    </message>
</context>
<context>
    <name>ReasonBar</name>
    <message numerus="yes">
        <source>%n mark(s) change</source>
        <translation>
            <numerusform>%n人の出欠を直します</numerusform>
        </translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>直す</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Why is it changed after the day was taken?</source>
        <translation>確定のあとに直す理由</translation>
    </message>
    <message>
        <source>{name}, {day}: {status}</source>
        <translation>{name} {day} → {status}</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>Another value was sent later</source>
        <translation>あとから別の値を送信済み</translation>
    </message>
    <message>
        <source>Entered</source>
        <translation>入力</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>項目</translation>
    </message>
    <message>
        <source>Kept on this PC</source>
        <translation>このPCに残っていた値</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>受け付けられませんでした</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未送信</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>いまの値</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>戻す</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>You chose not to restore it</source>
        <translation>戻さないと決めました</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>not to be restored</source>
        <translation>戻さない</translation>
    </message>
    <message>
        <source>to be restored</source>
        <translation>戻す</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message numerus="yes">
        <source>%n change(s) restored.</source>
        <translation>
            <numerusform>%n件を戻しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) will not be entered. This cannot be taken back here.</source>
        <translation>
            <numerusform>%n件の変更は入力されません。ここでは取り消せません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out.</source>
        <translation>
            <numerusform>%n件は戻していません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not accepted by the school.</source>
        <translation>
            <numerusform>%n件は学校に受け付けられませんでした。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passed to the school for review.</source>
        <translation>
            <numerusform>%n件は学校の確認に回しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>確認 %n件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n: both values are kept until somebody decides.</source>
        <translation>
            <numerusform>%n件は、決まるまで両方の値を残します。</numerusform>
        </translation>
    </message>
    <message>
        <source>Check what is restored</source>
        <translation>復元の確認</translation>
    </message>
    <message>
        <source>Do not restore</source>
        <translation>戻さない</translation>
    </message>
    <message>
        <source>Everything that was saved on this PC is at the school or waits here to be sent.</source>
        <translation>このPCに保存したものは、すべて学校に届いているか、ここで送信を待っています。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation>戻さずに進む</translation>
    </message>
    <message>
        <source>Nothing to restore</source>
        <translation>復元するものはありません</translation>
    </message>
    <message>
        <source>Reading what was kept</source>
        <translation>控えを読んでいます</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>すべて戻す</translation>
    </message>
    <message>
        <source>Restore what is chosen</source>
        <translation>選んで戻す</translation>
    </message>
    <message>
        <source>The school reads the copies of your changes that were kept on this PC.</source>
        <translation>このPCに残っていた変更の控えを、学校のサーバーで読んでいます。</translation>
    </message>
    <message>
        <source>These changes were saved on this PC and did not reach the school. Nothing is entered before you say so. Where somebody has changed the same value meanwhile, both are kept until it is decided.</source>
        <translation>このPCに保存され、学校に届いていない変更です。戻すと決めるまで、何も入力されません。同じ値をほかの人が変えていたときは、決まるまで両方を残します。</translation>
    </message>
</context>
<context>
    <name>RefusalEntry</name>
    <message>
        <source>Kept: {values}</source>
        <translation>残っている値: {values}</translation>
    </message>
    <message>
        <source>Open and correct</source>
        <translation>開いて直す</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>もう一度送る</translation>
    </message>
    <message>
        <source>Take off this list</source>
        <translation>一覧から外す</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>取り下げる</translation>
    </message>
</context>
<context>
    <name>Refused</name>
    <message>
        <source>A change of grades</source>
        <translation>成績の変更</translation>
    </message>
    <message>
        <source>A change without content</source>
        <translation>内容のない変更</translation>
    </message>
    <message>
        <source>Accepted by the school</source>
        <translation>学校が受け入れました</translation>
    </message>
    <message>
        <source>Declined by the school</source>
        <translation>学校は受け入れませんでした</translation>
    </message>
    <message>
        <source>It arrived after your duty ended and was passed to the school for review.</source>
        <translation>担当が変わったあとに届いたため、学校の確認に回しました。</translation>
    </message>
    <message>
        <source>No longer at the school</source>
        <translation>学校に残っていません</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>受け付けられませんでした</translation>
    </message>
    <message>
        <source>The colleague you asked may not settle this.</source>
        <translation>頼んだ先生は、この確認をできる担当ではありません。</translation>
    </message>
    <message>
        <source>The school did not take this change.</source>
        <translation>この変更は受け付けられませんでした。</translation>
    </message>
    <message>
        <source>The school does not know this kind of record yet.</source>
        <translation>学校のサーバーがまだこの種類の記録に対応していません。</translation>
    </message>
    <message>
        <source>The school has entered it in your name.</source>
        <translation>学校が、あなたの名前で記録しました。</translation>
    </message>
    <message>
        <source>The school has left its own value. Yours is kept here.</source>
        <translation>学校の値はそのままです。あなたの値はここに残っています。</translation>
    </message>
    <message>
        <source>The school&apos;s rules do not allow this value.</source>
        <translation>学校のきまりで入れられない値でした。</translation>
    </message>
    <message>
        <source>The school&apos;s server was set back to an earlier backup, which does not hold this change. Your duty had ended, so this PC has no copy of it any more. Please tell who is in charge now the day and time of the change, so that the values can be checked.</source>
        <translation>学校のサーバーが前の控えに戻され、この変更はそこに入っていません。担当が終わっていたため、この端末にも写しは残っていません。いまの担当の先生に変更の日時を伝えて、値を確かめてもらってください。</translation>
    </message>
    <message>
        <source>This was deleted at the school.</source>
        <translation>この記録は学校で削除されていました。</translation>
    </message>
    <message>
        <source>This was finalised before your change arrived.</source>
        <translation>変更が届く前に確定されたため、受け付けられませんでした。</translation>
    </message>
    <message>
        <source>What this belongs to is not at the school any more.</source>
        <translation>もとになる記録が学校にありませんでした。</translation>
    </message>
    <message>
        <source>With the school</source>
        <translation>学校に渡しました</translation>
    </message>
    <message>
        <source>You are not in charge of this any more.</source>
        <translation>担当ではなくなったため、受け付けられませんでした。</translation>
    </message>
    <message>
        <source>{who}, {time}</source>
        <translation>{who}&#x3000;{time}</translation>
    </message>
    <message>
        <source>{who}: {reason}</source>
        <translation>{who}：{reason}</translation>
    </message>
</context>
<context>
    <name>Register</name>
    <message>
        <source>&quot;{value}&quot; is no time such as 9:30.</source>
        <translation>「{value}」は時刻（9:30など）ではありません。</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; is none of the keys {keys}.</source>
        <translation>「{value}」は入力のキー（{keys}）にありません。</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; is not on the school&apos;s list. Write it under &quot;Details&quot;.</source>
        <translation>「{value}」は理由の一覧にありません。「くわしく」に書いてください。</translation>
    </message>
    <message>
        <source>(susp.)</source>
        <translation>忌引等</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>欠席</translation>
    </message>
    <message>
        <source>April</source>
        <translation>4月</translation>
    </message>
    <message>
        <source>At most 100 characters.</source>
        <translation>100字までです。</translation>
    </message>
    <message>
        <source>August</source>
        <translation>8月</translation>
    </message>
    <message>
        <source>Days before</source>
        <translation>これまでの10日</translation>
    </message>
    <message>
        <source>December</source>
        <translation>12月</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>くわしく</translation>
    </message>
    <message>
        <source>Early</source>
        <translation>早退</translation>
    </message>
    <message>
        <source>Excused</source>
        <translation>出停</translation>
    </message>
    <message>
        <source>February</source>
        <translation>2月</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>金</translation>
    </message>
    <message>
        <source>January</source>
        <translation>1月</translation>
    </message>
    <message>
        <source>July</source>
        <translation>7月</translation>
    </message>
    <message>
        <source>June</source>
        <translation>6月</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>遅刻</translation>
    </message>
    <message>
        <source>March</source>
        <translation>3月</translation>
    </message>
    <message>
        <source>May</source>
        <translation>5月</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>月</translation>
    </message>
    <message>
        <source>More days absent than there were to attend</source>
        <translation>欠席が、出席すべき日数より多くなっています</translation>
    </message>
    <message>
        <source>More days late than days present</source>
        <translation>遅刻・早退が、出席日数より多くなっています</translation>
    </message>
    <message>
        <source>More days suspended than there were school days</source>
        <translation>出席停止・忌引等が、授業日数より多くなっています</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>November</source>
        <translation>11月</translation>
    </message>
    <message>
        <source>October</source>
        <translation>10月</translation>
    </message>
    <message>
        <source>Only who came late or left early has a time.</source>
        <translation>時刻を入れられるのは、遅刻か早退のときだけです。</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>出席</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>ふりがな</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>土</translation>
    </message>
    <message>
        <source>School</source>
        <translation>授業</translation>
    </message>
    <message>
        <source>September</source>
        <translation>9月</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>日</translation>
    </message>
    <message>
        <source>The class is closed on {day} ({cause}). Nothing is marked.</source>
        <translation>{day}は閉鎖・休業です（{cause}）。出欠は付けません。</translation>
    </message>
    <message>
        <source>The school&apos;s calendar says nothing of {day}.</source>
        <translation>{day}は、学校の行事予定に登録されていません。</translation>
    </message>
    <message>
        <source>The teachers of this class take its attendance; you can read it.</source>
        <translation>出欠はこの学級の担任が付けます。見ることはできます。</translation>
    </message>
    <message>
        <source>This pupil does not belong to the class on {day}.</source>
        <translation>{day}には、この学級に在籍していません。</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>木</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時刻</translation>
    </message>
    <message>
        <source>To</source>
        <translation>出席</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>計</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>火</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>水</translation>
    </message>
    <message>
        <source>attend</source>
        <translation>すべき</translation>
    </message>
    <message>
        <source>being saved</source>
        <translation>保存中</translation>
    </message>
    <message>
        <source>closure</source>
        <translation>閉鎖・休業</translation>
    </message>
    <message>
        <source>days</source>
        <translation>日数</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>就学猶予</translation>
    </message>
    <message>
        <source>graduated</source>
        <translation>卒業</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>交流</translation>
    </message>
    <message>
        <source>left</source>
        <translation>退学等</translation>
    </message>
    <message>
        <source>moved away</source>
        <translation>転出</translation>
    </message>
    <message>
        <source>needs a decision</source>
        <translation>確認が必要</translation>
    </message>
    <message>
        <source>no school</source>
        <translation>授業なし</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>受け付けられませんでした</translation>
    </message>
    <message>
        <source>saved on this PC, no backup copy</source>
        <translation>この端末に保存済み（控えなし）</translation>
    </message>
    <message>
        <source>saved on this PC, not sent yet</source>
        <translation>この端末に保存済み・未送信</translation>
    </message>
    <message>
        <source>{day} ({weekday})</source>
        <translation>{day}（{weekday}）</translation>
    </message>
    <message>
        <source>{day} is no school day ({title}).</source>
        <translation>{day}は授業日ではありません（{title}）。</translation>
    </message>
    <message>
        <source>{day}: changed later without a reason</source>
        <translation>{day} 理由のない変更</translation>
    </message>
    <message>
        <source>{day}: marked on a day without school; it does not count</source>
        <translation>{day} 授業のない日の記録（数えません）</translation>
    </message>
    <message>
        <source>{day}: marked outside the class; it does not count</source>
        <translation>{day} 在籍していない日の記録（数えません）</translation>
    </message>
    <message>
        <source>{day}: not taken yet</source>
        <translation>{day} まだ確定していません</translation>
    </message>
    <message>
        <source>{day}: two people say different things</source>
        <translation>{day} 二人の記録がちがいます</translation>
    </message>
    <message>
        <source>{month}/{year}</source>
        <translation>{year}年{month}月</translation>
    </message>
</context>
<context>
    <name>RegisterEntry</name>
    <message>
        <source>Back to &quot;{text}&quot;</source>
        <translation>「{text}」に戻って直す</translation>
    </message>
    <message>
        <source>No cell is blank.</source>
        <translation>空いている欄はありません。</translation>
    </message>
    <message>
        <source>Nothing here needs a decision.</source>
        <translation>確認が必要な欄はありません。</translation>
    </message>
    <message>
        <source>The list has changed. &quot;{text}&quot; was not entered.</source>
        <translation>名簿が変わったため、「{text}」は入れていません。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>やり直せる操作はありません。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>元に戻せる操作はありません。</translation>
    </message>
</context>
<context>
    <name>RegisterSide</name>
    <message numerus="yes">
        <source>%n thing(s) to look at</source>
        <translation>
            <numerusform>確かめること %n件</numerusform>
        </translation>
    </message>
    <message>
        <source>It can still be changed later, with a reason</source>
        <translation>確定のあとも、理由を書けば直せます</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>出席</translation>
    </message>
    <message>
        <source>Present (as it stands)</source>
        <translation>出席（予定）</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>出欠を確定</translation>
    </message>
    <message>
        <source>Taken {time}, {who}</source>
        <translation>確定 {time}&#x3000;{who}</translation>
    </message>
    <message>
        <source>Taken.</source>
        <translation>確定しました。</translation>
    </message>
    <message numerus="yes">
        <source>Taking it makes %n pupil(s) without a mark present.</source>
        <translation>
            <numerusform>確定すると、しるしのない%n人は「出席」になります。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemarksCard</name>
    <message>
        <source>Nothing is written yet.</source>
        <translation>まだ書かれていません。</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>所見</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>下書き</translation>
    </message>
    <message>
        <source>the class teacher</source>
        <translation>学級担任など</translation>
    </message>
</context>
<context>
    <name>RequestForm</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n日間</numerusform>
        </translation>
    </message>
    <message>
        <source>Allergies and care</source>
        <translation>アレルギー・配慮事項</translation>
    </message>
    <message>
        <source>Ask for a take-out</source>
        <translation>持ち出しを申請</translation>
    </message>
    <message>
        <source>Ask for it</source>
        <translation>申請する</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Classes to take along</source>
        <translation>持ち出す学級</translation>
    </message>
    <message>
        <source>Earlier years</source>
        <translation>前年度までの成績</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>Guidance records (yoroku)</source>
        <translation>指導要録</translation>
    </message>
    <message>
        <source>Only when you need it</source>
        <translation>必要なときだけ</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>What it is for (the head reads it)</source>
        <translation>使いみち（管理職が読みます）</translation>
    </message>
</context>
<context>
    <name>Roster</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Coming and going</source>
        <translation>転出入</translation>
    </message>
    <message>
        <source>In the register</source>
        <translation>公式の氏名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>ふりがな</translation>
    </message>
    <message>
        <source>also {name}</source>
        <translation>通称 {name}</translation>
    </message>
    <message>
        <source>came from another school, {day}</source>
        <translation>{day} 転入</translation>
    </message>
    <message>
        <source>comes on {day}</source>
        <translation>{day} 転入予定</translation>
    </message>
    <message>
        <source>from another class</source>
        <translation>交流</translation>
    </message>
    <message>
        <source>graduated, {day}</source>
        <translation>{day} 卒業</translation>
    </message>
    <message>
        <source>joined, {day}</source>
        <translation>{day} 学級に加わった</translation>
    </message>
    <message>
        <source>leaves, last day {day}</source>
        <translation>{day} まで在籍</translation>
    </message>
    <message>
        <source>left, {day}</source>
        <translation>{day} 学級を離れた</translation>
    </message>
    <message>
        <source>moved to another school, {day}</source>
        <translation>{day} 転出</translation>
    </message>
    <message>
        <source>moves to another school, last day {day}</source>
        <translation>{day} 転出予定</translation>
    </message>
    <message>
        <source>not drawn exactly: {characters}</source>
        <translation>字形を表示できません: {characters}</translation>
    </message>
    <message>
        <source>other form in the register</source>
        <translation>公式表記あり</translation>
    </message>
</context>
<context>
    <name>RosterPage</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n人</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) copied. They leave the clipboard after a minute.</source>
        <translation>
            <numerusform>%n行をコピーしました。1分たつとクリップボードから消えます。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pupil(s)</source>
        <translation>
            <numerusform>%n人</numerusform>
        </translation>
    </message>
    <message>
        <source>Class</source>
        <translation>学級</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>一覧をコピー</translation>
    </message>
    <message>
        <source>Name, reading, romaji or number</source>
        <translation>氏名・ふりがな・ローマ字・番号</translation>
    </message>
    <message>
        <source>Names of the register are being loaded</source>
        <translation>公式の氏名を受け取っています</translation>
    </message>
    <message>
        <source>Names of the register: shown to the class teacher</source>
        <translation>公式の氏名は学級担任などに表示されます</translation>
    </message>
    <message>
        <source>No class to show</source>
        <translation>表示できる学級がありません</translation>
    </message>
    <message>
        <source>Nobody is found</source>
        <translation>見つかりません</translation>
    </message>
    <message>
        <source>Only this class is searched. Reading, romaji and the usual form of a kanji will do.</source>
        <translation>この学級の中だけを探しています。ふりがな、ローマ字、ふつうの字体でも探せます。</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>名簿</translation>
    </message>
    <message>
        <source>Show everybody</source>
        <translation>全員を表示</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>この端末にすべてそろうと表示します。この端末から消したときは、「端末」の画面でもう一度受け取れます。</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>並び順</translation>
    </message>
    <message>
        <source>The classes you teach appear here once the school has entered your duties.</source>
        <translation>学校が分掌を登録すると、受け持ちの学級がここに出ます。</translation>
    </message>
    <message>
        <source>This class is being loaded</source>
        <translation>この学級を読み込んでいます</translation>
    </message>
    <message>
        <source>number</source>
        <translation>番号順</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>ふりがな順</translation>
    </message>
</context>
<context>
    <name>SampleBand</name>
    <message>
        <source>Connect the network</source>
        <translation>ネットにつなぐ</translation>
    </message>
    <message>
        <source>Cut the network</source>
        <translation>ネットを切る</translation>
    </message>
    <message>
        <source>Sample school: all people here are invented</source>
        <translation>見本の学校です。登場する人はすべて架空です</translation>
    </message>
</context>
<context>
    <name>Scopes</name>
    <message>
        <source>addresses and guardians</source>
        <translation>住所・保護者</translation>
    </message>
    <message>
        <source>allergies and care</source>
        <translation>アレルギー・配慮</translation>
    </message>
    <message>
        <source>attendance</source>
        <translation>出欠</translation>
    </message>
    <message>
        <source>daily notes</source>
        <translation>日々の様子</translation>
    </message>
    <message>
        <source>earlier years</source>
        <translation>過年度</translation>
    </message>
    <message>
        <source>guidance records (yoroku)</source>
        <translation>指導要録</translation>
    </message>
    <message>
        <source>health</source>
        <translation>保健</translation>
    </message>
    <message>
        <source>homeroom remarks</source>
        <translation>学級所見</translation>
    </message>
    <message>
        <source>late changes</source>
        <translation>期限後の変更</translation>
    </message>
    <message>
        <source>names</source>
        <translation>名簿</translation>
    </message>
    <message>
        <source>own messages</source>
        <translation>自分あての連絡</translation>
    </message>
    <message>
        <source>own settings</source>
        <translation>自分の設定</translation>
    </message>
    <message>
        <source>own week plan</source>
        <translation>自分の週案</translation>
    </message>
    <message>
        <source>scores and lesson remarks</source>
        <translation>得点・教科の所見</translation>
    </message>
    <message>
        <source>special support</source>
        <translation>特別支援</translation>
    </message>
    <message>
        <source>student guidance</source>
        <translation>生徒指導</translation>
    </message>
    <message>
        <source>term grades</source>
        <translation>評価・評定</translation>
    </message>
    <message>
        <source>the register</source>
        <translation>学籍</translation>
    </message>
    <message>
        <source>the staff room</source>
        <translation>職員室</translation>
    </message>
    <message>
        <source>the whole school</source>
        <translation>全校共通</translation>
    </message>
    <message>
        <source>the year group</source>
        <translation>学年</translation>
    </message>
</context>
<context>
    <name>SeatingView</name>
    <message>
        <source>Draw lots</source>
        <translation>くじ引き</translation>
    </message>
    <message>
        <source>Enter lifts a seat and puts it down; R draws lots; Esc ends.</source>
        <translation>Enterで持ち上げ、もう一度で置く・Rでくじ引き・Escで終わる</translation>
    </message>
    <message>
        <source>Front of the room</source>
        <translation>教室の前（黒板）</translation>
    </message>
    <message>
        <source>Move seats</source>
        <translation>席を動かす</translation>
    </message>
    <message>
        <source>Turn round</source>
        <translation>向きを変える</translation>
    </message>
</context>
<context>
    <name>SheetActs</name>
    <message>
        <source>Add a column</source>
        <translation>列を足す</translation>
    </message>
    <message>
        <source>Change the column…</source>
        <translation>列を直す…</translation>
    </message>
    <message>
        <source>Close the column</source>
        <translation>列を確定する</translation>
    </message>
    <message>
        <source>Colour by value</source>
        <translation>値で色分けする</translation>
    </message>
    <message>
        <source>Copy with pupils</source>
        <translation>児童生徒つきでコピー</translation>
    </message>
    <message>
        <source>History of this cell…</source>
        <translation>この欄の履歴…</translation>
    </message>
    <message>
        <source>More for this sheet</source>
        <translation>この表でできること</translation>
    </message>
    <message>
        <source>Note on this cell…</source>
        <translation>この欄のメモ…</translation>
    </message>
    <message>
        <source>Open the column again</source>
        <translation>列の確定を解く</translation>
    </message>
    <message>
        <source>Remove the column…</source>
        <translation>列を消す…</translation>
    </message>
</context>
<context>
    <name>SheetChooser</name>
    <message>
        <source>Class</source>
        <translation>学級</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>教科</translation>
    </message>
    <message>
        <source>Term</source>
        <translation>学期</translation>
    </message>
</context>
<context>
    <name>SheetEntry</name>
    <message>
        <source>Back to &quot;{text}&quot;</source>
        <translation>「{text}」に戻って直す</translation>
    </message>
    <message>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <source>No cell is blank.</source>
        <translation>空いている欄はありません。</translation>
    </message>
    <message>
        <source>Nothing here needs a decision.</source>
        <translation>確認が必要な欄はありません。</translation>
    </message>
    <message>
        <source>The sheet has changed. &quot;{text}&quot; was not entered.</source>
        <translation>表が変わったため、「{text}」は入っていません。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>やり直せる操作はありません。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>元に戻せる操作はありません。</translation>
    </message>
</context>
<context>
    <name>SheetFilter</name>
    <message>
        <source>Blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>変更あり</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未送信</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得点</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>要確認</translation>
    </message>
    <message>
        <source>Viewpoints</source>
        <translation>観点別</translation>
    </message>
</context>
<context>
    <name>SheetTable</name>
    <message>
        <source>&quot;{title}&quot; is closed. Reopen it before changing a value.</source>
        <translation>「{title}」は確定しています。直すには、先に確定を外してください。</translation>
    </message>
    <message>
        <source>&quot;{title}&quot; takes A, B or C. &quot;{value}&quot; cannot be entered.</source>
        <translation>「{title}」に入るのはA・B・Cです。「{value}」は入れられません。</translation>
    </message>
    <message>
        <source>&quot;{value}&quot; is neither a number nor a word such as &quot;absent&quot;.</source>
        <translation>「{value}」は点数として読めません。数字か「欠」「免」などを入れてください。</translation>
    </message>
    <message>
        <source>/{points}</source>
        <translation>{points}点</translation>
    </message>
    <message>
        <source>A score is never below zero. {value} cannot be entered.</source>
        <translation>点数は0点からです。{value}は入れられません。</translation>
    </message>
    <message>
        <source>ABC</source>
        <translation>ABC</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>Grade</source>
        <translation>評定</translation>
    </message>
    <message>
        <source>Lowest–highest</source>
        <translation>最低–最高</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Mean of selection</source>
        <translation>選択の平均</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>中央値</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>そのほか</translation>
    </message>
    <message>
        <source>Overall</source>
        <translation>評定</translation>
    </message>
    <message>
        <source>Results of {term}</source>
        <translation>{term}の評価</translation>
    </message>
    <message>
        <source>Scores have at most two decimal places. {value} cannot be entered.</source>
        <translation>小数は2けたまでです。{value}は入れられません。</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>This column is for reading. It is decided elsewhere.</source>
        <translation>この列はここでは入れられません。</translation>
    </message>
    <message>
        <source>This pupil has left the class. Values stay as they were.</source>
        <translation>この児童生徒は転出しています。値はそのまま残ります。</translation>
    </message>
    <message>
        <source>being saved</source>
        <translation>保存しています</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空欄</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>休学</translation>
    </message>
    <message>
        <source>graduated</source>
        <translation>卒業</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>交流</translation>
    </message>
    <message>
        <source>left</source>
        <translation>転出</translation>
    </message>
    <message>
        <source>moved away</source>
        <translation>転出</translation>
    </message>
    <message>
        <source>needs a decision</source>
        <translation>確認が必要</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>受け付けられなかった変更</translation>
    </message>
    <message>
        <source>saved on this PC, no backup copy</source>
        <translation>この端末に保存済み（控えなし）</translation>
    </message>
    <message>
        <source>saved on this PC, not sent yet</source>
        <translation>この端末に保存済み・未送信</translation>
    </message>
    <message>
        <source>waiting; somebody else has changed it too</source>
        <translation>未送信。ほかの人も直しています</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Accept</source>
        <translation>受け入れる</translation>
    </message>
    <message>
        <source>Approve, or ask</source>
        <translation>許可する・申請する</translation>
    </message>
    <message>
        <source>Ask a colleague to settle it</source>
        <translation>この確認をほかの人に頼む</translation>
    </message>
    <message>
        <source>Choose a column</source>
        <translation>列を選ぶ</translation>
    </message>
    <message>
        <source>Choose class and term</source>
        <translation>学級・学期を選ぶ</translation>
    </message>
    <message>
        <source>Clear the class from this PC</source>
        <translation>クラスをこの端末から消す</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>一覧をコピー</translation>
    </message>
    <message>
        <source>Copy with pupils</source>
        <translation>児童生徒つきでコピー</translation>
    </message>
    <message>
        <source>Cover everything at once</source>
        <translation>すぐに全部を隠す</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>切り取り</translation>
    </message>
    <message>
        <source>Decline, with the reason</source>
        <translation>理由を付けて受け入れない</translation>
    </message>
    <message>
        <source>Do what this card asks</source>
        <translation>その番号のカードを開く</translation>
    </message>
    <message>
        <source>Edit inside the cell</source>
        <translation>欄の中を直す</translation>
    </message>
    <message>
        <source>Empty the selected cells</source>
        <translation>選んだ欄を空にする</translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>下へコピー</translation>
    </message>
    <message>
        <source>Fill right</source>
        <translation>右へコピー</translation>
    </message>
    <message>
        <source>Find a pupil or a column</source>
        <translation>人や列を探す</translation>
    </message>
    <message>
        <source>Find a pupil, a page or an act</source>
        <translation>児童生徒・画面・操作をさがす</translation>
    </message>
    <message>
        <source>Find in this list</source>
        <translation>この一覧から探す</translation>
    </message>
    <message>
        <source>Give the old value back</source>
        <translation>前の値に戻す</translation>
    </message>
    <message>
        <source>Go to the pupil of this number</source>
        <translation>その番号の児童生徒へ</translation>
    </message>
    <message>
        <source>History of the cell</source>
        <translation>この欄の履歴</translation>
    </message>
    <message>
        <source>History of this pupil</source>
        <translation>この人の履歴</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>この画面のキー</translation>
    </message>
    <message>
        <source>List of reasons</source>
        <translation>理由の一覧</translation>
    </message>
    <message>
        <source>Lock Keyaki</source>
        <translation>けやきをロック</translation>
    </message>
    <message>
        <source>Mark it to be restored, or not</source>
        <translation>戻すかどうかを選ぶ</translation>
    </message>
    <message>
        <source>Next blank cell</source>
        <translation>次の未入力</translation>
    </message>
    <message>
        <source>Next cell that needs you</source>
        <translation>次の要確認</translation>
    </message>
    <message>
        <source>Next column</source>
        <translation>次の列</translation>
    </message>
    <message>
        <source>Next mark</source>
        <translation>次のしるし</translation>
    </message>
    <message>
        <source>Next one</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Next part of the page</source>
        <translation>次の部分へ</translation>
    </message>
    <message>
        <source>Next pupil</source>
        <translation>次の人</translation>
    </message>
    <message>
        <source>Note on the cell</source>
        <translation>この欄のメモ</translation>
    </message>
    <message>
        <source>Open the pupil</source>
        <translation>児童生徒カードを開く</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>設定を開く</translation>
    </message>
    <message>
        <source>Page after</source>
        <translation>次の画面</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>前の画面</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>貼り付ける</translation>
    </message>
    <message>
        <source>Presenting on or off</source>
        <translation>投影モードの開始と終了</translation>
    </message>
    <message>
        <source>Previous blank cell</source>
        <translation>前の未入力</translation>
    </message>
    <message>
        <source>Previous cell that needs you</source>
        <translation>前の要確認</translation>
    </message>
    <message>
        <source>Previous column</source>
        <translation>前の列</translation>
    </message>
    <message>
        <source>Pupil before</source>
        <translation>前の人</translation>
    </message>
    <message>
        <source>Put the value into all selected cells</source>
        <translation>選んだ欄すべてに入れる</translation>
    </message>
    <message>
        <source>Reason for the value of the cell</source>
        <translation>値の理由を書く</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Report it lost</source>
        <translation>紛失を報告する</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>すべて戻す</translation>
    </message>
    <message>
        <source>Restore what is chosen</source>
        <translation>選んで戻す</translation>
    </message>
    <message>
        <source>Save the note</source>
        <translation>日々の様子を保存する</translation>
    </message>
    <message>
        <source>Say what is saved, and send</source>
        <translation>保存済みを確かめて送る</translation>
    </message>
    <message>
        <source>Send and receive</source>
        <translation>送受信する</translation>
    </message>
    <message>
        <source>Settle with this</source>
        <translation>これで決める</translation>
    </message>
    <message>
        <source>Show or hide the right panel</source>
        <translation>右のパネルを出す・しまう</translation>
    </message>
    <message>
        <source>Take attendance</source>
        <translation>出欠を確定</translation>
    </message>
    <message>
        <source>Take computed values over</source>
        <translation>計算した値を入れる</translation>
    </message>
    <message>
        <source>Take the value and go back</source>
        <translation>決めて前へ</translation>
    </message>
    <message>
        <source>Take the value and go on</source>
        <translation>決めて次へ</translation>
    </message>
    <message>
        <source>Try other cut-offs</source>
        <translation>境目を試す</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Write a daily note</source>
        <translation>日々の様子を書く</translation>
    </message>
</context>
<context>
    <name>Sign</name>
    <message>
        <source>Keyaki</source>
        <translation>けやき</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>まだ送っていません</translation>
    </message>
    <message>
        <source>Offline (saved on this PC)</source>
        <translation>オフライン（この端末に保存済み）</translation>
    </message>
    <message>
        <source>Sending waits: changes saved on this PC have to be restored first</source>
        <translation>送信を待っています（この端末に保存した変更の復元の確認が先です）</translation>
    </message>
    <message>
        <source>Sending… {done}/{total}</source>
        <translation>送信中… {done}/{total}</translation>
    </message>
    <message>
        <source>Sent {time}</source>
        <translation>送信済み {time}</translation>
    </message>
    <message>
        <source>The server is slow to answer (saved on this PC)</source>
        <translation>サーバーの返事を待っています（この端末に保存済み）</translation>
    </message>
    <message>
        <source>This PC has been blocked (E-2101)</source>
        <translation>この端末の利用は止められています（E-2101）</translation>
    </message>
</context>
<context>
    <name>SummingUpPage</name>
    <message>
        <source>Class</source>
        <translation>学級</translation>
    </message>
    <message>
        <source>List</source>
        <translation>ちがいの一覧</translation>
    </message>
    <message>
        <source>No course to grade</source>
        <translation>成績を付ける教科がありません</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>評価・評定</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Shown once all of it is here. If it was cleared from this PC, load it again in Devices.</source>
        <translation>この端末にすべてそろうと表示します。この端末から消したときは、「端末」の画面でもう一度受け取れます。</translation>
    </message>
    <message>
        <source>Take over…</source>
        <translation>計算値を入れる…</translation>
    </message>
    <message>
        <source>The courses you are in charge of appear here once the school has entered your duties.</source>
        <translation>学校が分掌を登録すると、担当の教科がここに表示されます。</translation>
    </message>
    <message>
        <source>This course is being loaded</source>
        <translation>この教科を受け取っています</translation>
    </message>
    <message>
        <source>Try cut-offs</source>
        <translation>境目を試す</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it is saved on this PC. It is sent by itself as soon as there is a connection.</source>
        <translation>すべてこの端末に保存しています。つながったら自動で送ります。</translation>
    </message>
    <message>
        <source>Changes not accepted</source>
        <translation>受け付けられなかった変更</translation>
    </message>
    <message>
        <source>Changes sent after your duty ended</source>
        <translation>担当が変わったあとに届いた変更</translation>
    </message>
    <message>
        <source>Decide now</source>
        <translation>ちがいを確認する</translation>
    </message>
    <message>
        <source>Everything you entered has reached the school.</source>
        <translation>入力したものは、すべて学校に届いています。</translation>
    </message>
    <message>
        <source>It is off this list.</source>
        <translation>一覧から外しました。</translation>
    </message>
    <message>
        <source>It is sent again, based on what is there now.</source>
        <translation>いまの値をもとに、もう一度送ります。</translation>
    </message>
    <message>
        <source>Last sent and received: {time}</source>
        <translation>最後に送受信した時刻 {time}</translation>
    </message>
    <message>
        <source>Late changes to decide</source>
        <translation>あとから届いた変更（確認が必要）</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>確認する</translation>
    </message>
    <message>
        <source>Send and receive now</source>
        <translation>いま送受信する</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同期</translation>
    </message>
    <message>
        <source>The change was withdrawn. The school&apos;s value stands.</source>
        <translation>変更を取り下げました。学校の値のままです。</translation>
    </message>
    <message>
        <source>They were sent after their author&apos;s duty had ended.</source>
        <translation>担当が変わったあとに送られた変更です。</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>送信待ち</translation>
    </message>
</context>
<context>
    <name>SyncSource</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n field(s)</source>
        <translation>
            <numerusform>%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>Changes not accepted</source>
        <translation>受け付けられなかった変更</translation>
    </message>
    <message>
        <source>Changes saved on this PC have to be restored first.</source>
        <translation>この端末に保存した変更を、先に戻す必要があります。</translation>
    </message>
    <message>
        <source>Check and restore</source>
        <translation>たしかめて戻す</translation>
    </message>
    <message>
        <source>Compare and decide</source>
        <translation>くらべて決める</translation>
    </message>
    <message>
        <source>Late changes</source>
        <translation>あとから届いた変更</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>見る</translation>
    </message>
    <message>
        <source>Needs your decision</source>
        <translation>確認が必要</translation>
    </message>
    <message>
        <source>Nothing saved is lost by waiting.</source>
        <translation>待っていても、保存したものは失われません</translation>
    </message>
    <message>
        <source>Restore changes</source>
        <translation>変更を戻す</translation>
    </message>
    <message>
        <source>See what waits</source>
        <translation>送信待ちを見る</translation>
    </message>
    <message>
        <source>See why</source>
        <translation>理由を見る</translation>
    </message>
    <message>
        <source>Sending waits</source>
        <translation>送信を待っています</translation>
    </message>
    <message>
        <source>The school did not take them.</source>
        <translation>学校側で受け付けられませんでした。</translation>
    </message>
    <message>
        <source>They are sent by themselves once there is a connection.</source>
        <translation>つながったら自動で送ります。</translation>
    </message>
    <message>
        <source>They were sent after their author&apos;s duty had ended.</source>
        <translation>担当が変わったあとに届きました。</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>送信待ち</translation>
    </message>
    <message>
        <source>What you entered is kept.</source>
        <translation>入力した内容は残っています</translation>
    </message>
    <message numerus="yes">
        <source>change(s)</source>
        <translation>
            <numerusform>件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change(s) on this PC alone</source>
        <translation>
            <numerusform>件 この端末にだけあります</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change(s) to decide</source>
        <translation>
            <numerusform>件 判断を待っています</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>field(s) differ</source>
        <translation>
            <numerusform>件 ちがいがあります</numerusform>
        </translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>{time}から</translation>
    </message>
    <message>
        <source>{who} changed it too ({time}, {pc})</source>
        <translation>{who}先生も同じ欄を直していました（{time}、{pc}）</translation>
    </message>
</context>
<context>
    <name>TakeOver</name>
    <message>
        <source>After</source>
        <translation>入れたあと</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>氏名</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>番号</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備考</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>いま</translation>
    </message>
</context>
<context>
    <name>TakeOverPreview</name>
    <message numerus="yes">
        <source>%n value(s) that are there now would be replaced.</source>
        <translation>
            <numerusform>いまある%n個の値が置きかわります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) would be entered.</source>
        <translation>
            <numerusform>%n個の値を入れます。</numerusform>
        </translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Blank ones</source>
        <translation>空欄だけ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Nothing would change.</source>
        <translation>変わる値はありません。</translation>
    </message>
    <message>
        <source>Reason for these cut-offs</source>
        <translation>この境目にする理由</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>入れる</translation>
    </message>
    <message>
        <source>Take over computed values</source>
        <translation>計算した値を入れる</translation>
    </message>
    <message>
        <source>Which cells</source>
        <translation>入れる欄</translation>
    </message>
    <message>
        <source>decided by hand</source>
        <translation>手で決定</translation>
    </message>
</context>
<context>
    <name>TakeoutPage</name>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n件の確認待ち</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask for a take-out</source>
        <translation>持ち出しを申請</translation>
    </message>
    <message>
        <source>Asked for. A head decides.</source>
        <translation>申請しました。管理職の許可をお待ちください。</translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>書き出しました。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出す…</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>台帳</translation>
    </message>
    <message>
        <source>No take-outs</source>
        <translation>持ち出しはありません</translation>
    </message>
    <message>
        <source>Sending everything first…</source>
        <translation>先に入力をすべて送っています…</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>もう一度サインイン</translation>
    </message>
    <message>
        <source>Take-outs</source>
        <translation>持ち出し</translation>
    </message>
    <message>
        <source>Tick at least one class.</source>
        <translation>学級を1つ以上選んでください。</translation>
    </message>
    <message>
        <source>To work outside the school, ask for a take-out. A head approves it.</source>
        <translation>学校の外で仕事をするときは、持ち出しを申請します。管理職が許可します。</translation>
    </message>
    <message>
        <source>Write the reason first: the teacher reads it.</source>
        <translation>先に理由を書いてください。申請した先生に届きます。</translation>
    </message>
    <message>
        <source>take-outs {day}</source>
        <translation>持ち出し台帳 {day}</translation>
    </message>
</context>
<context>
    <name>TakeoutSource</name>
    <message>
        <source>Extending it needs a head&apos;s approval.</source>
        <translation>延ばすには管理職の許可が必要です。</translation>
    </message>
    <message>
        <source>Nothing you entered is lost when it ends.</source>
        <translation>入力は期限のあとも失われません</translation>
    </message>
    <message>
        <source>Return it</source>
        <translation>返却する</translation>
    </message>
    <message>
        <source>Take-out</source>
        <translation>持ち出し</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>{time}まで</translation>
    </message>
</context>
<context>
    <name>Takeouts</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>許可ずみ</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>学級</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>不許可</translation>
    </message>
    <message>
        <source>Ended by the school</source>
        <translation>取り消し</translation>
    </message>
    <message>
        <source>From and until</source>
        <translation>期間</translation>
    </message>
    <message>
        <source>Not returned in time</source>
        <translation>返却されていません</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>返却ずみ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>取り下げ</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>持ち出し中</translation>
    </message>
    <message>
        <source>Waiting for a decision</source>
        <translation>申請中</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>できごと</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>申請者</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>許可</translation>
    </message>
    <message>
        <source>asked for</source>
        <translation>申請</translation>
    </message>
    <message>
        <source>declined</source>
        <translation>不許可</translation>
    </message>
    <message>
        <source>ended by the school</source>
        <translation>取り消し</translation>
    </message>
    <message>
        <source>over</source>
        <translation>期限切れ</translation>
    </message>
    <message>
        <source>permission renewed on the PC</source>
        <translation>端末の許可を更新</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>返却</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>取り下げ</translation>
    </message>
    <message>
        <source>taken out</source>
        <translation>持ち出し開始</translation>
    </message>
    <message>
        <source>{count} records</source>
        <translation>{count}件の記録</translation>
    </message>
    <message>
        <source>{purpose}: {text}</source>
        <translation>{purpose}：{text}</translation>
    </message>
    <message>
        <source>{since} to {until}</source>
        <translation>{since}〜{until}</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message numerus="yes">
        <source>%n pupil(s)</source>
        <translation>
            <numerusform>%n人</numerusform>
        </translation>
    </message>
    <message>
        <source>Data up to {time}</source>
        <translation>{time} までのデータ</translation>
    </message>
    <message>
        <source>Find a pupil or a page</source>
        <translation>児童・画面をさがす</translation>
    </message>
    <message>
        <source>Nothing waits for you</source>
        <translation>いま待っているものはありません</translation>
    </message>
    <message>
        <source>Records are on their way</source>
        <translation>記録を受け取っています</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>What is to be done today appears here as soon as your classes are on this PC.</source>
        <translation>受け持ちの記録がこの端末にそろうと、今日することがここに出ます。</translation>
    </message>
    <message>
        <source>Whatever needs you appears here: attendance, scores that are missing, and what differs.</source>
        <translation>出欠、未入力の成績、確認が必要なちがいなど、先生にしてほしいことがここに出ます。</translation>
    </message>
</context>
<context>
    <name>TrialBand</name>
    <message numerus="yes">
        <source>%n pupil(s) would get another value</source>
        <translation>
            <numerusform>%n人の計算が変わります</numerusform>
        </translation>
    </message>
    <message>
        <source>Back to the rule</source>
        <translation>規則に戻す</translation>
    </message>
    <message>
        <source>Cut-offs to try</source>
        <translation>試す境目</translation>
    </message>
    <message>
        <source>End the trial</source>
        <translation>試すのをやめる</translation>
    </message>
    <message>
        <source>Nothing is changed by trying.</source>
        <translation>試しても何も変わりません。</translation>
    </message>
    <message>
        <source>Rule: {rule}</source>
        <translation>規則：{rule}</translation>
    </message>
    <message>
        <source>Take over…</source>
        <translation>この境目で入れる…</translation>
    </message>
</context>
<context>
    <name>UnlockPanel</name>
    <message>
        <source>Another teacher</source>
        <translation>別の先生</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Open the page again</source>
        <translation>もう一度ページを開く</translation>
    </message>
    <message>
        <source>Please sign in with the browser</source>
        <translation>ブラウザでサインインしてください</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>ブラウザでサインイン</translation>
    </message>
    <message>
        <source>Teacher without a name yet</source>
        <translation>名前が未登録の先生</translation>
    </message>
    <message>
        <source>This goes on by itself when you have finished there.</source>
        <translation>終わると、自動で先に進みます。</translation>
    </message>
    <message>
        <source>Which school?</source>
        <translation>どの学校で使いますか</translation>
    </message>
    <message>
        <source>Who is working?</source>
        <translation>どなたが使いますか</translation>
    </message>
    <message>
        <source>You are signed in. Please go back to Keyaki.</source>
        <translation>サインインしました。けやきに戻ってください。</translation>
    </message>
    <message>
        <source>Your school&apos;s sign-in page opens in the browser.</source>
        <translation>学校のサインインページをブラウザで開きます。</translation>
    </message>
</context>
<context>
    <name>Values</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>a call</source>
        <translation>電話</translation>
    </message>
    <message>
        <source>a character is missing</source>
        <translation>字が足りない</translation>
    </message>
    <message>
        <source>a character of its own</source>
        <translation>独自の字形</translation>
    </message>
    <message>
        <source>a correction</source>
        <translation>訂正</translation>
    </message>
    <message>
        <source>a notice</source>
        <translation>欠席連絡</translation>
    </message>
    <message>
        <source>a visit</source>
        <translation>来校</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>欠席</translation>
    </message>
    <message>
        <source>admitted</source>
        <translation>編入学</translation>
    </message>
    <message>
        <source>all characters known</source>
        <translation>表示できる</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>取り込み</translation>
    </message>
    <message>
        <source>cannot be rated</source>
        <translation>評価できません</translation>
    </message>
    <message>
        <source>deferred</source>
        <translation>就学猶予・免除</translation>
    </message>
    <message>
        <source>exempt</source>
        <translation>免除</translation>
    </message>
    <message>
        <source>first enrolment</source>
        <translation>入学</translation>
    </message>
    <message>
        <source>from another school</source>
        <translation>転入</translation>
    </message>
    <message>
        <source>graduated</source>
        <translation>卒業</translation>
    </message>
    <message>
        <source>guest</source>
        <translation>交流</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>未実施</translation>
    </message>
    <message>
        <source>not handed in</source>
        <translation>未提出</translation>
    </message>
    <message>
        <source>otherwise</source>
        <translation>その他</translation>
    </message>
    <message>
        <source>own class</source>
        <translation>所属学級</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>study group</source>
        <translation>学習集団</translation>
    </message>
    <message>
        <source>the app</source>
        <translation>アプリ</translation>
    </message>
    <message>
        <source>the teacher</source>
        <translation>先生</translation>
    </message>
    <message>
        <source>to another school</source>
        <translation>転出</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>退学</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
</context>
<context>
    <name>WaitingTable</name>
    <message>
        <source>Class and subject</source>
        <translation>学級・教科</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>School</source>
        <translation>学校</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>件数</translation>
    </message>
</context>
<context>
    <name>Ways</name>
    <message>
        <source>A from {a} %, B from {b} %</source>
        <translation>Aは{a}%から、Bは{b}%から</translation>
    </message>
    <message>
        <source>Board of education</source>
        <translation>教育委員会</translation>
    </message>
    <message>
        <source>Elementary</source>
        <translation>小学校</translation>
    </message>
    <message>
        <source>Every subject</source>
        <translation>すべての教科</translation>
    </message>
    <message>
        <source>Junior high</source>
        <translation>中学校</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>キー</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>記号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Prefecture</source>
        <translation>県</translation>
    </message>
    <message>
        <source>Set by</source>
        <translation>決めたところ</translation>
    </message>
    <message>
        <source>This school</source>
        <translation>この学校</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>欠席</translation>
    </message>
    <message>
        <source>counts as {what}</source>
        <translation>{what}に数える</translation>
    </message>
    <message>
        <source>late</source>
        <translation>遅刻</translation>
    </message>
    <message>
        <source>left early</source>
        <translation>早退</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>未定</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>出席停止・忌引</translation>
    </message>
    <message>
        <source>what was not handed in counts as nothing</source>
        <translation>未提出は0点として数える</translation>
    </message>
</context>
<context>
    <name>WaysPage</name>
    <message>
        <source>Attendance</source>
        <translation>出欠の記号</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>観点の表し方</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>評価規則</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>欠席などの理由</translation>
    </message>
    <message>
        <source>School rules</source>
        <translation>学校の決まり</translation>
    </message>
    <message>
        <source>Set by: {level}</source>
        <translation>決めたところ：{level}</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>学期</translation>
    </message>
    <message>
        <source>The academic affairs teacher decides these for the school, the board of education for all its schools. What the school has decided itself comes first.</source>
        <translation>学校の決まりは教務主任が、すべての学校の決まりは教育委員会が定めます。学校が自分で決めたものが先に使われます。</translation>
    </message>
    <message>
        <source>This school&apos;s own.</source>
        <translation>この学校が決めたものです。</translation>
    </message>
</context>
<context>
    <name>WorkForm</name>
    <message>
        <source>A title has at most {limit} characters.</source>
        <translation>名前は{limit}字までです。</translation>
    </message>
    <message>
        <source>A unit has at most {limit} characters.</source>
        <translation>単元は{limit}字までです。</translation>
    </message>
    <message>
        <source>A, B, C</source>
        <translation>A・B・C</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>やめる</translation>
    </message>
    <message>
        <source>Choose at least one viewpoint it counts for.</source>
        <translation>観点を1つ以上選んでください。</translation>
    </message>
    <message>
        <source>Counts for</source>
        <translation>観点</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日付</translation>
    </message>
    <message>
        <source>Give it a title.</source>
        <translation>名前を入れてください。</translation>
    </message>
    <message>
        <source>It has {limit} scores already, so it cannot be marked in another way.</source>
        <translation>すでに{limit}件の得点があるため、つけ方は変えられません。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Marked with</source>
        <translation>つけ方</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>満点</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>Such as: 9/9</source>
        <translation>例：9/9</translation>
    </message>
    <message>
        <source>Such as: division</source>
        <translation>例：わり算</translation>
    </message>
    <message>
        <source>Such as: quiz 1</source>
        <translation>例：小テスト1</translation>
    </message>
    <message>
        <source>This is no day. Write it as 9/9, or leave it empty.</source>
        <translation>日付として読めません。9/9 のように入れるか、空欄にしてください。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>単元</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>いまある単元</translation>
    </message>
    <message>
        <source>Weight %</source>
        <translation>重み %</translation>
    </message>
    <message>
        <source>{name}: the maximum is a number above zero.</source>
        <translation>{name}：満点は0より大きい数です。</translation>
    </message>
    <message>
        <source>{name}: the weight is a number from 0 to 999.</source>
        <translation>{name}：重みは0から999の数です。</translation>
    </message>
    <message>
        <source>{name}: there is a score of {limit} already.</source>
        <translation>{name}：すでに{limit}点の得点があります。</translation>
    </message>
</context>
<context>
    <name>WorkList</name>
    <message>
        <source>Evidence</source>
        <translation>評価材料</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得点</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>重み</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>未</translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message>
        <source>Late text</source>
        <translation>あとから届いた文章</translation>
    </message>
    <message>
        <source>The school&apos;s text</source>
        <translation>学校の文章</translation>
    </message>
</context>
</TS>
